"""Chat models behind one port: adapters, patience, structured answers, doubles and recordings."""

from simpatient.llm.connect import EMBEDDED, as_chat_model, connect
from simpatient.llm.failures import Failure, ServiceFailed, UnexpectedCall
from simpatient.llm.gullible import GullibleModel
from simpatient.llm.openai_compatible import OpenAICompatible
from simpatient.llm.patience import Patience
from simpatient.llm.port import ChatModel, Completion, Message, Piece, Request, Shape
from simpatient.llm.recorded import Recorder, Replayer
from simpatient.llm.scripted import ScriptedModel, Step
from simpatient.llm.structured import Answer, NoUsableAnswer, answer

__all__ = [
    "EMBEDDED", "Answer", "ChatModel", "Completion", "Failure", "GullibleModel", "Message", "NoUsableAnswer",
    "OpenAICompatible", "Patience", "Piece", "Recorder", "Replayer", "Request", "ScriptedModel", "ServiceFailed",
    "Shape", "Step", "UnexpectedCall", "answer", "as_chat_model", "connect",
]  # fmt: skip
