// The end of a meeting, with the way to the debrief.
import { ArrowRight } from 'lucide-react'
import { useChatInteract, useChatSession } from '@chainlit/react-client'

export default function Farewell() {
  const { labels, headline, text, debrief, person } = props
  const { setChatProfile } = useChatSession()
  const { clear } = useChatInteract()
  const go = (profile) => {
    setChatProfile(profile)
    clear()
    // The address of the old meeting would bring it back.
    window.history.pushState({}, '', '/')
    window.dispatchEvent(new PopStateEvent('popstate'))
  }
  return (
    <section className="sp-card sp-farewell">
      <h2>{headline}</h2>
      <p>{text}</p>
      <p className="sp-actions">
        <a className="sp-button" data-sp="debrief" href={debrief} target="_blank" rel="noopener">{labels.debrief} <ArrowRight size={16} aria-hidden="true" /></a>
        <button type="button" className="sp-button sp-button-quiet" data-sp="again" onClick={() => go(person)}>{labels.again}</button>
        <button type="button" className="sp-button sp-button-quiet" data-sp="other" onClick={() => go('choose')}>{labels.other}</button>
      </p>
      <p className="sp-quiet sp-small">{labels.note}</p>
    </section>
  )
}
