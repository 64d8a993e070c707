// The picker. A click does what the header's list does: it chooses the profile and starts a fresh session.
import { useChatInteract, useChatSession } from '@chainlit/react-client'

export default function People() {
  const labels = props.labels
  const { setChatProfile } = useChatSession()
  const { clear } = useChatInteract()
  const meet = (id) => { setChatProfile(id); clear() }
  return (
    <div className="sp-card sp-picker">
      <h1>{labels.title}</h1>
      <p className="sp-lead">{labels.intro}</p>
      {props.people.length === 0 ? <p>{labels.none}</p> : null}
      <ul className="sp-people">
        {props.people.map((person) => (
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
            <button type="button" className="sp-button" data-sp-meet={person.id} onClick={() => meet(person.id)}>
              {labels.meet} {person.name.split(' ')[0]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
