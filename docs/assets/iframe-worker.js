// Search runs in a worker, and browsers start none for a page that was opened from disk.
// There an unseen frame does the work. Served pages keep their workers.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super()
      this.waiting = []
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "Search"
      frame.addEventListener("load", () => this.begin(frame.contentWindow, new URL(url, document.baseURI)), { once: true })
      document.documentElement.append(frame)
    }

    begin(inside, url) {
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      const script = inside.document.createElement("script")
      script.src = url
      script.addEventListener("load", () => {
        this.inside = inside
        this.waiting.forEach((data) => this.postMessage(data))
      })
      inside.document.head.append(script)
    }

    postMessage(data) {
      if (this.inside) this.inside.dispatchEvent(new MessageEvent("message", { data }))
      else this.waiting.push(data)
    }
  }
  window.Worker = window.IFrameWorker
}
