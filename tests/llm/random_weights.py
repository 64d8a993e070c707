"""llama.cpp's own server on a model of random weights: real tokens, real grammar, real events, and no sense at all.

    python -m tests.llm.random_weights FILE PORT

writes the model to FILE, half a megabyte in a moment, and serves it on PORT until it is stopped.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

CONTEXT = 65_536
WIDTH, INNER, LAYERS, HEADS = 64, 128, 2, 4
SPELT = [" ", *map(chr, range(33, 127)), " the", " and", " I", " you", " sleep", " no", " well", " not", ". ", "? "]
"""What the model says: printable characters and a few words. Bytes stand beside them so that it can read anything."""
SLOTS = 4


def write(path: Path, seed: int = 0) -> None:
    """A model file of the llama family, the same for the same seed."""
    import numpy as np
    from gguf import GGUFWriter, TokenType

    dice = np.random.default_rng(seed)
    marks = [("<unk>", TokenType.UNKNOWN), ("<s>", TokenType.CONTROL), ("</s>", TokenType.CONTROL)]
    vocabulary = [
        *marks,
        *((f"<0x{byte:02X}>", TokenType.BYTE) for byte in range(256)),
        *((text.replace(" ", "\u2581"), TokenType.NORMAL) for text in SPELT),
    ]
    file = GGUFWriter(str(path), "llama")
    file.add_context_length(CONTEXT)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(INNER)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_vocab_size(len(vocabulary))
    file.add_tokenizer_model("llama")
    file.add_token_list([text.encode() for text, _ in vocabulary])
    file.add_token_scores([-float(number) for number in range(len(vocabulary))])
    file.add_token_types([kind for _, kind in vocabulary])
    file.add_unk_token_id(0)
    file.add_bos_token_id(1)
    file.add_eos_token_id(2)
    file.add_add_bos_token(True)
    file.add_chat_template("{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:")

    def cast(name: str, *shape: int, scale: float = 0.08) -> None:
        file.add_tensor(f"{name}.weight", (dice.standard_normal(shape) * scale).astype(np.float32))

    def level(name: str) -> None:
        file.add_tensor(f"{name}.weight", np.ones(WIDTH, dtype=np.float32))

    cast("token_embd", len(vocabulary), WIDTH, scale=1.0)
    # Marks and bytes lie near nought, so that words win; the end mark stays among the words, so that answers end.
    rows = dice.standard_normal((len(vocabulary), WIDTH)) * 0.3
    ending = rows[2] * 1.2
    rows[: 256 + len(marks)] *= 0.05
    rows[2] = ending
    file.add_tensor("output.weight", rows.astype(np.float32))
    level("output_norm")
    for block in range(LAYERS):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            cast(f"blk.{block}.{part}", WIDTH, WIDTH)
        for part, shape in (("ffn_gate", (INNER, WIDTH)), ("ffn_up", (INNER, WIDTH)), ("ffn_down", (WIDTH, INNER))):
            cast(f"blk.{block}.{part}", *shape)
        level(f"blk.{block}.attn_norm")
        level(f"blk.{block}.ffn_norm")
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def serve(path: Path, port: int) -> None:
    """Serve the model until the process ends; as many HTTP threads as there may be connections."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(path)
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = port
    wanted.n_parallel = SLOTS
    wanted.n_ctx = CONTEXT * SLOTS
    wanted.n_threads_http = 64
    wanted.cpuparams.n_threads = 1
    wanted.use_jinja = True
    wanted.warmup = False
    running = xllamacpp.Server(wanted)
    threading.Event().wait()
    del running


if __name__ == "__main__":
    model = Path(sys.argv[1])
    write(model)
    serve(model, int(sys.argv[2]))
