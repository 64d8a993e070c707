// The picker. A click does what the header's list does: it chooses the profile and starts a fresh session.
import * as React from 'react'
import { Eye } from 'lucide-react'
import { useChatInteract, useChatSession } from '@chainlit/react-client'

function Choose({ label, value, options, change, name }) {
  return (
    <label className="sp-choose">
      <span>{label}</span>
      <select value={value} data-sp-choose={name} onChange={(event) => change(event.target.value)}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </label>
  )
}

export default function People() {
  const { labels, offered, soFar, people } = props
  const { setChatProfile } = useChatSession()
  const { clear, windowMessage } = useChatInteract()
  const [chosen, setChosen] = React.useState({ mode: offered.mode, difficulty: offered.difficulty, evaluator: offered.evaluator })
  const choose = (change) => {
    const now = { ...chosen, ...change }
    setChosen(now)
    windowMessage({ simpatient: 'choices', key: props.key, ...now })
  }
  const meet = (id) => { setChatProfile(id); clear() }
  return (
    <div className="sp-card sp-picker">
      <header>
        <h1>{labels.title}</h1>
        <a className="sp-link" href="/progress">{labels.progress}</a>
      </header>
      <p className="sp-lead">{labels.intro}</p>
      {props.educator ? <p className="sp-warning"><Eye size={18} aria-hidden="true" /><span>{labels.educator}</span></p> : null}
      <div className="sp-choices">
        <fieldset className="sp-modes">
          <legend>{labels.help}</legend>
          {offered.modes.map((mode) => (
            <label key={mode.value} className={chosen.mode === mode.value ? 'on' : ''}>
              <input type="radio" name="sp-mode" value={mode.value} checked={chosen.mode === mode.value} onChange={() => choose({ mode: mode.value })} />
              <span><b>{mode.label}</b><br /><span className="sp-quiet">{mode.about}</span></span>
            </label>
          ))}
        </fieldset>
        <div className="sp-lists">
          <Choose label={labels.difficulty} name="difficulty" value={chosen.difficulty} options={offered.difficulties} change={(difficulty) => choose({ difficulty })} />
          {offered.evaluators.length > 1
            ? <Choose label={labels.evaluator} name="evaluator" value={chosen.evaluator} options={offered.evaluators} change={(evaluator) => choose({ evaluator })} />
            : null}
        </div>
      </div>
      {people.length === 0 ? <p>{labels.none}</p> : null}
      <ul className="sp-people">
        {people.map((person) => {
          const far = soFar[person.id] || []
          const name = person.name.split(' ')[0]
          return (
            <li key={person.id} className="sp-person">
              <div className="sp-person-head">
                <img src={person.portrait} alt="" width="84" height="84" />
                <div>
                  <h2>{person.name}<span className="sp-age">, {person.age}</span></h2>
                  <p className="sp-quiet">{person.pronouns}</p>
                </div>
              </div>
              <p className="sp-setting">{person.setting}</p>
              <p className="sp-chips"><span>{person.difficulty}</span><span>{person.channel}</span></p>
              <p><span className="sp-quiet">{labels.trains}:</span> {person.trains}</p>
              {far.length ? <p className="sp-far">{far.join(' ')}</p> : null}
              <button type="button" className="sp-button" data-sp-meet={person.id} onClick={() => meet(person.id)}>
                {far.length ? labels.again.replace('{name}', name) : labels.meet + ' ' + name}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
