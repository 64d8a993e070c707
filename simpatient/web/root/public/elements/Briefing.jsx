// What the learner reads before the first word.
import { Info } from 'lucide-react'

export default function Briefing() {
  const { labels, person, rows, may, mayNot, warning, disclaimer } = props
  return (
    <article className="sp-briefing" aria-label={labels.label}>
      <header>
        <img src={person.portrait} alt="" width="96" height="96" />
        <div>
          <p className="sp-exchange">{labels.label}</p>
          <h2>{person.name}<span className="sp-age">, {person.age}</span></h2>
          <p className="sp-quiet">{person.setting}</p>
          <p className="sp-chips"><span>{person.difficulty}</span><span>{person.channel}</span></p>
        </div>
      </header>
      <dl>
        {rows.map(([head, text]) => <div key={head}><dt>{head}</dt><dd>{text}</dd></div>)}
        {may.length ? <div><dt>{labels.may}</dt><dd>{may.join('; ')}</dd></div> : null}
        {mayNot.length ? <div><dt>{labels.may_not}</dt><dd>{mayNot.join('; ')}</dd></div> : null}
      </dl>
      <p className="sp-warning"><Info size={18} aria-hidden="true" /><span><b>{labels.warning}:</b> {warning}</span></p>
      <p className="sp-quiet sp-small">{disclaimer}</p>
      <p className="sp-begins">{labels.begins}</p>
    </article>
  )
}
