// Names for controls that Chainlit leaves without one, and a voice for screen readers.
// A window without room for a panel beside the chat says so before the chat connects.
document.cookie = `simpatient_narrow=${window.innerWidth < 768 ? 1 : 0}; path=/; SameSite=Strict`
// A browser that is not signed in is known again by a number of its own, so that people do not share what they said.
if (!/(^|; )simpatient_guest=[0-9a-f]{32}(;|$)/.test(document.cookie)) {
  const number = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
  document.cookie = `simpatient_guest=${number}; path=/; SameSite=Strict; max-age=7776000`
}
// Our other pages look as the chat does.
const dress = () => {
  const theme = localStorage.getItem('vite-ui-theme')
  const lasts = ['light', 'dark'].includes(theme) ? 31536000 : 0
  document.cookie = `simpatient_theme=${theme}; path=/; SameSite=Strict; max-age=${lasts}`
}
dress()
new MutationObserver(dress).observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })
;(async () => {
  const labels = await (await fetch('/public/labels.json')).json()
  const names = {
    '#new-chat-button': labels.new_chat, '#chat-settings-open-modal': labels.settings, '#chat-submit': labels.send,
    '#stop-button': labels.stop, '#chat-input': labels.message, '#side-view-title button': labels.close_panel,
    '#sidebar-trigger-button': labels.meetings, '#search-chats-button': labels.find, '#thread-options': labels.options,
    '.edit-message': labels.edit, 'button:has(> svg.lucide-arrow-down)': labels.latest, '#chat-profiles': labels.profiles, '#theme-toggle': labels.theme, 'button:has(> svg.lucide-copy)': labels.copy,
  }
  const voice = document.createElement('div')
  voice.setAttribute('role', 'status')
  voice.setAttribute('aria-live', 'polite')
  voice.className = 'sp-hidden'
  document.body.appendChild(voice)
  const ask = document.createElement('dialog')
  ask.className = 'sp-ask'
  ask.setAttribute('aria-labelledby', 'sp-ask-title')
  ask.innerHTML = '<form method="dialog"><h2 id="sp-ask-title"></h2><p></p><menu><button value="" class="sp-button sp-button-quiet"></button><button value="end" class="sp-button"></button></menu></form>'
  for (const [place, key] of [['h2', 'ask_end'], ['p', 'ask_about'], ['button[value=""]', 'ask_stay'], ['button[value="end"]', 'ask_yes']]) {
    ask.querySelector(place).textContent = labels[key]
  }
  ask.addEventListener('close', () => { if (ask.returnValue === 'end') { window.spDo?.('End') } ask.returnValue = '' })
  document.body.appendChild(ask)
  // An open tooltip would take the Escape for itself.
  window.addEventListener('keydown', (event) => { if (event.key === 'Escape' && ask.open) { ask.close('') } }, true)
  let summary = '', reply = '', waiting = 0, thinking = 0
  const announce = (text) => { if (text) { voice.textContent = text } }
  const settle = () => {
    const messages = document.querySelectorAll('[data-step-type="assistant_message"]')
    const last = messages.length ? messages[messages.length - 1].innerText.trim() : ''
    const panels = document.querySelectorAll('[data-sp-summary]')
    const panel = panels.length ? panels[panels.length - 1].dataset.spSummary : ''
    const news = []
    if (last !== reply) { reply = last; news.push(last) }
    if (panel !== summary) { summary = panel; news.push(panel) }
    announce(news.join(' '))
  }
  const set = (node, name, value) => {
    if (value === null ? node.hasAttribute(name) : node.getAttribute(name) !== value) {
      value === null ? node.removeAttribute(name) : node.setAttribute(name, value)
    }
  }
  // What Chainlit's page says of itself to a screen reader and is not so.
  const repair = () => {
    set(document.getElementById('root'), 'role', document.querySelector('main') ? null : 'main')
    for (const node of document.querySelectorAll('[id^="command-"]')) { set(node, 'aria-label', node.id.slice('command-'.length)) }
    for (const node of document.querySelectorAll('#thread-options')) { set(node, 'role', 'button') }
    for (const node of document.querySelectorAll('ul[data-sidebar="menu"]:has(> div)')) { set(node, 'role', 'presentation') }
    for (const node of document.querySelectorAll('[id^="thread-"] > a > button, [id^="thread-"] a button')) { set(node, 'aria-keyshortcuts', 'Delete') }
    for (const node of document.querySelectorAll('#chat-profiles img')) { set(node, 'alt', '') }
    for (const node of document.querySelectorAll('[role="separator"][aria-controls]')) {
      if (!document.getElementById(node.getAttribute('aria-controls'))) { node.removeAttribute('aria-controls') }
    }
  }
  // A command is done at once, and what stands half-written in the composer stays there. Only an intention has words of
  // its own, and the end is worth a second look.
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !window.spDo) { return }
    const name = event.target.closest('#message-composer [id^="command-"]')?.id.slice('command-'.length)
    if (event.target.closest('#side-view-title button')) { window.spDo('Close') }
    if (!name || name === 'Intend') { return }
    event.preventDefault()
    event.stopPropagation()
    if (name !== 'End' || document.querySelector('.sp-farewell')) { window.spDo(name) } else { ask.showModal() }
  }, true)
  // The list's menu opens by pointer only; with the keyboard it is Delete on a meeting.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete' || !(event.target instanceof Element)) { return }
    const menu = event.target.closest('[id^="thread-"]')?.querySelector('#thread-options')
    if (menu) { event.preventDefault(); menu.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0, pointerType: 'mouse' })) }
  })
  const mend = () => {
    for (const [selector, name] of Object.entries(names)) {
      for (const node of document.querySelectorAll(selector)) {
        if (node.getAttribute('aria-label') !== name) { node.setAttribute('aria-label', name) }
      }
    }
    repair()
    // Whoever waits is told once that the patient is about to answer, by face and by voice.
    const profile = document.querySelector('#chat-profiles')
    const face = profile?.querySelector('img')?.getAttribute('src')
    if (face) { document.body.style.setProperty('--sp-face', `url(${JSON.stringify(face)})`) }
    if (!document.querySelector('.p-4 > .loading-cursor')) { clearTimeout(thinking); thinking = 0 } else if (!thinking) {
      thinking = setTimeout(() => announce(labels.thinking.replace('{name}', profile?.innerText.trim() || '')), 900)
    }
    // The reply is read out once it stands still, not word by word.
    clearTimeout(waiting)
    waiting = setTimeout(settle, 700)
  }
  new MutationObserver((changes) => { if (changes.some((c) => !voice.contains(c.target))) { mend() } })
    .observe(document.body, { childList: true, subtree: true, characterData: true })
  mend()
})()
// The server's own pages look as the chat does, and their "Meet again" opens the meeting by the card's own button.
;(() => {
  const root = document.documentElement
  const look = () => { document.cookie = `simpatient_theme=${root.classList.contains('dark') ? 'dark' : 'light'}; path=/; SameSite=Strict; max-age=31536000` }
  new MutationObserver(look).observe(root, { attributes: true, attributeFilter: ['class'] })
  const wanted = new URLSearchParams(location.search).get('meet')
  const choose = () => {
    const card = document.querySelector(`[data-sp-meet="${CSS.escape(wanted)}"]`)
    if (card) { watch.disconnect(); history.replaceState(null, '', location.pathname); card.click() }
  }
  const watch = new MutationObserver(choose)
  if (wanted) { watch.observe(document.body, { childList: true, subtree: true }) }
})()
