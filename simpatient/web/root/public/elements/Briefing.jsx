// What the learner reads before the first word.
import * as React from 'react'
import { Info } from 'lucide-react'

export default function Briefing() {
  const { labels, person, rows, may, mayNot, warning, disclaimer } = props
  // The page's script has commands done by this: Chainlit would send them as a message, half-written words and all.
  React.useEffect(() => {
    const act = (name) => callAction({ name: 'command', payload: { command: name } })
    window.spDo = act
    return () => { if (window.spDo === act) { delete window.spDo } }
  }, [])
  return (
    <article className="sp-card sp-briefing" aria-label={labels.label}>
      <header>
        <img src={person.portrait} alt="" width="64" height="64" />
        <div>
          <p className="sp-exchange">{labels.label}</p>
          <h1>{person.name}<span className="sp-age">, {person.age}</span></h1>
          <p className="sp-quiet">{person.setting}</p>
          <p><b>{labels.role}</b> {person.role}</p>
        </div>
      </header>
      <dl>
        {rows.map(([head, text]) => <div key={head}><dt>{head}</dt><dd>{text}</dd></div>)}
      </dl>
      {may.length + mayNot.length ? (
        <details>
          <summary>{labels.bounds}</summary>
          {may.length ? <p><b>{labels.may}:</b> {may.join('; ')}.</p> : null}
          {mayNot.length ? <p><b>{labels.may_not}:</b> {mayNot.join('; ')}.</p> : null}
        </details>
      ) : null}
      <p className="sp-warning"><Info size={18} aria-hidden="true" /><span><b>{labels.warning}:</b> {warning}</span></p>
      <p className="sp-quiet sp-small">{disclaimer} <b className="sp-begins">{labels.begins}</b></p>
    </article>
  )
}
