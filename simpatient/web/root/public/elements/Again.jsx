// Before a further meeting: how the two stand, what became of promises, one message, and on to the meeting.
import * as React from 'react'
import { ArrowRight } from 'lucide-react'
import { useChatInteract, useChatSession } from '@chainlit/react-client'

function Asked({ item, labels, name, value, choose }) {
  return (
    <fieldset className="sp-asked">
      <legend>{labels.you_said} <q>{item.quote}</q> <span className="sp-quiet">({item.due})</span></legend>
      {item.result ? <p className="sp-quiet">{labels.result} {item.result}</p> : null}
      {item.answers.map((answer) => (
        <label key={answer.done}>
          <input type="radio" name={name} value={answer.done} checked={value === answer.done} onChange={() => choose(answer.done)} />
          <span>{answer.words}</span>
        </label>
      ))}
    </fieldset>
  )
}

export default function Again() {
  const { labels, person, key, asked, done } = props
  const { windowMessage, clear } = useChatInteract()
  const { setChatProfile } = useChatSession()
  // The card is drawn anew when it was answered wrongly; what was filled in outlives that.
  const kept = (window.spAgain = window.spAgain && window.spAgain.key === key ? window.spAgain : { key, done: {}, message: '' })
  const [answers, setAnswers] = React.useState(kept.done)
  const [message, setMessage] = React.useState(kept.message)
  const [sent, setSent] = React.useState(false)
  React.useEffect(() => { kept.done = answers; kept.message = message }, [answers, message])
  const send = (choice) => {
    setSent(true)
    windowMessage({ simpatient: 'door', key, choice, done: answers, message })
  }
  const open = asked.filter((item) => !answers[item.id]).length
  const busy = done || sent
  return (
    <section className={'sp-card sp-again' + (done ? ' sp-done' : '')} aria-label={props.headline}>
      <header>
        <img src={person.portrait} alt="" width="56" height="56" />
        <div>
          <h1>{props.headline}</h1>
          {props.soFar.map((line) => <p key={line} className="sp-quiet">{line}</p>)}
        </div>
      </header>
      {props.error ? <p className="sp-warning" role="alert">{props.error}</p> : null}
      {props.unfinished && !done ? (
        <p className="sp-unfinished">{labels.unfinished} <a className="sp-button" data-sp="go-on" href={props.unfinished}>{labels.go_on}</a></p>
      ) : null}
      {props.why ? <p>{props.why}</p> : null}
      {props.next && !done ? (
        <form onSubmit={(event) => { event.preventDefault(); send('next') }}>
          {asked.length ? <><h2>{labels.asked}</h2><p className="sp-quiet">{labels.asked_about}</p></> : null}
          {asked.map((item, index) => (
            <Asked key={item.id} item={item} labels={labels} name={'sp-promise-' + index} value={answers[item.id]}
              choose={(value) => setAnswers({ ...answers, [item.id]: value })} />
          ))}
          {props.message ? (
            <label className="sp-message">
              <b>{labels.message}</b>
              <span className="sp-quiet">{labels.message_about}</span>
              <textarea rows="2" maxLength="2000" value={message} onChange={(event) => setMessage(event.target.value)} />
            </label>
          ) : null}
          <p className="sp-actions">
            <button type="submit" className={'sp-button' + (props.unfinished ? ' sp-button-quiet' : '')} data-sp="next" disabled={busy || open > 0}>{labels.next} <ArrowRight size={16} aria-hidden="true" /></button>
            <button type="button" className="sp-button sp-button-quiet" data-sp="anew" disabled={busy} onClick={() => send('anew')}>{labels.anew}</button>
          </p>
          {open > 0 ? <p className="sp-quiet sp-small">{labels.answer_first}</p> : null}
        </form>
      ) : null}
      {!props.next && !done ? (
        <p className="sp-actions">
          {props.debrief ? <a className="sp-button" data-sp="debrief" href={props.debrief} target="_blank" rel="noopener">{labels.debrief}</a> : null}
          <button type="button" className={'sp-button' + (props.debrief || props.unfinished ? ' sp-button-quiet' : '')} data-sp="anew" disabled={busy} onClick={() => send('anew')}>{labels.anew}</button>
          <button type="button" className="sp-button sp-button-quiet" data-sp="other" disabled={busy} onClick={() => { setChatProfile('choose'); clear() }}>{labels.other}</button>
        </p>
      ) : null}
      {!done ? <p className="sp-quiet sp-small">{props.next ? labels.anew_about : ''}</p> : null}
    </section>
  )
}
