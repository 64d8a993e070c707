// The Rapport panel. All state is in `props`: Chainlit mounts the element anew at every update.
import * as React from 'react'
import { Eye, GitCompare, CheckCircle2, CircleDashed, AlertTriangle, Lightbulb, Ear, ArrowRight } from 'lucide-react'

function Heading({ icon: Icon, tone, children }) {
  return (
    <h2 className={'sp-h ' + (tone ? 'sp-tone-' + tone : '')}>
      {Icon ? <Icon size={16} aria-hidden="true" /> : null}
      <span>{children}</span>
    </h2>
  )
}

function Value({ value, labels }) {
  return (
    <span className={'sp-value sp-value-' + value}>
      <span className="sp-dots" aria-hidden="true">
        {[1, 2, 3].map((n) => <i key={n} className={n <= value ? 'on' : ''} />)}
      </span>
      <b>{value}</b>/3 <span className="sp-word">{labels['level_' + value]}</span>
    </span>
  )
}

function Said({ pieces, intended, labels }) {
  return (
    <section>
      <Heading>{labels.you_said}</Heading>
      <blockquote className="sp-said">
        {pieces.map((piece, index) =>
          piece.mark ? <mark key={index} className={'sp-mark-' + piece.mark}>{piece.text}</mark> : <span key={index}>{piece.text}</span>
        )}
      </blockquote>
      {intended ? <p className="sp-intended"><span className="sp-quiet">{labels.intended}:</span> {intended}</p> : null}
    </section>
  )
}

// The reason often holds the quote; then the quote is marked there instead of being shown twice.
function Reason({ quote, why, mark, children }) {
  const core = (quote || '').replace(/[\s.?!,;:…]+$/, '')
  const at = core && why ? why.indexOf(core) : -1
  if (at < 0) return <>{quote ? <p>{children}</p> : null}{why ? <p className={quote ? 'sp-quiet' : ''}>{why}</p> : null}</>
  return <p>{why.slice(0, at)}<mark className={mark}>{core}</mark>{why.slice(at + core.length)}</p>
}

const SHOWN = 3

// Where human coders and the evaluator agree only weakly; said once below when it holds for everything shown.
function Unsure({ item, labels }) {
  return item.experimental && !props.allExperimental ? <span className="sp-unsure">{labels.experimental}</span> : null
}

function Credit({ item, labels }) {
  const mark = item.value > 1 ? 'sp-mark-good' : 'sp-mark-some'
  return (
    <li className="sp-item sp-item-good">
      <div className="sp-row"><strong>{item.name}<Unsure item={item} labels={labels} /></strong><Value value={item.value} labels={labels} /></div>
      <Reason quote={item.quote} why={item.why} mark={mark}><mark className={mark}>{'“' + item.quote + '”'}</mark></Reason>
    </li>
  )
}

function Credited({ items, labels }) {
  if (!items.length && props.harms.length) return null
  const more = items.slice(SHOWN)
  return (
    <section>
      <Heading icon={CheckCircle2} tone="good">{labels.credited}</Heading>
      {items.length === 0 ? <p className="sp-quiet">{labels.credited_none}</p> : null}
      <ul className="sp-list">
        {items.slice(0, SHOWN).map((item, index) => <Credit key={index} item={item} labels={labels} />)}
      </ul>
      {more.length ? (
        <details className="sp-more">
          <summary>{labels.more.replace('{count}', more.length)}</summary>
          <ul className="sp-list">{more.map((item, index) => <Credit key={index} item={item} labels={labels} />)}</ul>
        </details>
      ) : null}
    </section>
  )
}

function Missed({ items, labels }) {
  if (!items.length) return null
  return (
    <section>
      <Heading icon={Ear} tone="miss">{labels.missed}</Heading>
      <ul className="sp-list">
        {items.map((item, index) => (
          <li key={index} className="sp-item sp-item-miss">
            <div className="sp-row"><strong>{item.name}<Unsure item={item} labels={labels} /></strong><span className="sp-value"><b>0</b>/3</span></div>
            <Reason quote={item.cue} why={item.why} mark="sp-mark-cue">{labels.missed_lead}: <q className="sp-cue">{item.cue}</q></Reason>
            {item.cue || item.why ? null : <p>{labels.missed_situation}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Harms({ items, labels }) {
  if (!items.length) return null
  return (
    <section>
      <Heading icon={AlertTriangle} tone="harm">{labels.harms}</Heading>
      <ul className="sp-list">
        {items.map((item, index) => (
          <li key={index} className="sp-item sp-item-harm">
            <div className="sp-row"><strong>{item.name}<Unsure item={item} labels={labels} /></strong><span className="sp-value">{labels['harm_' + item.severity]}</span></div>
            {item.quote ? <p><mark className="sp-mark-harm">{'“' + item.quote + '”'}</mark></p> : null}
            {item.better && !props.tryLine ? <p className="sp-quiet"><b>{labels.better}</b> {item.better}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Profile({ domains, labels }) {
  if (!domains.length) return null
  return (
    <section className="sp-profile">
      <Heading>{labels.profile}</Heading>
      <dl>
        {domains.map((domain, index) => (
          <div key={index} className="sp-bar">
            <dt>{domain.name}</dt>
            <dd>
              <span className="sp-track" aria-hidden="true">
                <span style={{ width: (domain.value === null ? 0 : (domain.value / 3) * 100) + '%' }} />
              </span>
              {domain.value === null
                ? <span className="sp-num" title={labels.no_value}>–<span className="sp-hidden"> {labels.no_value}</span></span>
                : <span className="sp-num">{domain.value.toFixed(1)}<span className="sp-hidden"> {labels.of_three}</span></span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="sp-quiet sp-small">{labels.profile_note}</p>
    </section>
  )
}

// The line to try stands where it is seen at once: after what got in the way, else after what came across.
function TryLine({ labels }) {
  if (!props.tryLine) return null
  return (
    <section className="sp-try">
      <Heading icon={Lightbulb} tone="try">{labels.try}</Heading>
      <p>{props.tryLine}</p>
    </section>
  )
}

function Educator({ educator }) {
  const { labels: words, feelings, stance, read, intent, gates } = educator
  return (
    <section className="sp-educator">
      <Heading icon={Eye}>{words.title}</Heading>
      <table>
        <caption>{words.state}</caption>
        <thead><tr><th scope="col"><span className="sp-hidden">{words.state}</span></th><th scope="col">{words.before}</th><th scope="col">{words.after}</th></tr></thead>
        <tbody>
          {feelings.map((each) => <tr key={each.name}><th scope="row">{each.name}</th><td>{each.before}</td><td>{each.after}</td></tr>)}
        </tbody>
      </table>
      <dl>
        <dt>{words.stance}</dt><dd>{stance}</dd>
        <dt>{words.read}</dt>{read.length ? read.map((line, index) => <dd key={index}>{line}</dd>) : <dd>{words.read_none}</dd>}
        {intent.length ? <><dt>{words.intent}</dt>{intent.map((line, index) => <dd key={index}>{line}</dd>)}</> : null}
      </dl>
      <h3>{words.gates}</h3>
      {gates.length === 0 ? <p className="sp-quiet">{words.gates_none}</p> : null}
      {gates.map((gate) => (
        <details key={gate.id}>
          <summary><b>{gate.id}</b> · {gate.now}</summary>
          <p>{gate.why}</p>
          <p className="sp-quiet">{words.text}: {gate.text}</p>
        </details>
      ))}
    </section>
  )
}

function Welcome({ labels, educator }) {
  return (
    <section className="sp-welcome">
      <h2>{labels.welcome_title}</h2>
      <p>{labels.welcome_text}</p>
      <ul>
        <li><CheckCircle2 size={18} className="sp-tone-good" aria-hidden="true" /><span>{labels.welcome_1}</span></li>
        <li><Ear size={18} className="sp-tone-miss" aria-hidden="true" /><span>{labels.welcome_2}</span></li>
        {educator ? null : <li><CircleDashed size={18} aria-hidden="true" /><span>{labels.welcome_3}</span></li>}
      </ul>
      <p className="sp-quiet sp-small">{labels.welcome_4}</p>
    </section>
  )
}

export default function Rapport() {
  // A new exchange starts at the top; anything else leaves the reader where they are.
  React.useEffect(() => {
    const view = document.querySelector('#side-view-content')
    if (view && window.spShown !== props.number) view.parentElement.scrollTop = 0
    window.spShown = props.number
  }, [])
  const labels = props.labels
  const rated = props.kind === 'rated'
  const unsure = [...props.credited, ...props.missed, ...props.harms].some((item) => item.experimental)
  return (
    <div className={'sp-panel' + (props.inline ? ' sp-card sp-inline' : '')} data-sp-summary={props.summary} data-sp-exchange={props.number}>
      {rated ? (
        <>
          <p className="sp-exchange">{labels.exchange} {props.place}{props.left ? <span className="sp-left"> · {props.left}</span> : null}</p>
          <Said pieces={props.said} intended={props.intended} labels={labels} />
          <Harms items={props.harms} labels={labels} />
          {props.harms.length ? <TryLine labels={labels} /> : null}
          <Credited items={props.credited} labels={labels} />
          {props.harms.length ? null : <TryLine labels={labels} />}
          <Missed items={props.missed} labels={labels} />
          <Profile domains={props.domains} labels={labels} />
          {props.rubric ? <p className="sp-small"><a className="sp-link" href={props.rubric} target="_blank" rel="noopener">{labels.rubric}</a></p> : null}
          {unsure ? <p className="sp-quiet sp-small">{props.allExperimental ? labels.experimental_all : labels.experimental_about}</p> : null}
        </>
      ) : <Welcome labels={labels} educator={props.educator} />}
      {props.educator ? <Educator educator={props.educator} /> : null}
      <div className="sp-foot">
        {props.compare
          ? <a className="sp-button sp-button-quiet" data-sp="compare" href={props.compare} target="_blank" rel="noopener"><GitCompare size={16} aria-hidden="true" /> {labels.compare}</a>
          : null}
        {props.debrief
          ? <a className="sp-button" href={props.debrief} target="_blank" rel="noopener">{labels.debrief} <ArrowRight size={16} aria-hidden="true" /></a>
          : <button type="button" className="sp-button sp-button-quiet" data-sp="end" onClick={() => callAction({ name: 'end_meeting', payload: {} })}>{labels.end}</button>}
      </div>
    </div>
  )
}
