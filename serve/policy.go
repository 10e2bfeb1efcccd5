package serve

// Policy is the content security policy under which the page works: scripts
// from its own place only, no eval, no inline style. Pictures, sounds and films
// may lie with another host. The page carries it itself, so that it holds on
// any server; Handler sends it too.
const Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; manifest-src 'self'; base-uri 'none'; form-action 'none'"

// headers are sent with every answer. frame-ancestors has no effect in a page
// itself, so it stands only here.
var headers = map[string]string{
	"Content-Security-Policy":    Policy + "; frame-ancestors 'self'",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Permissions-Policy":         "camera=(), geolocation=(), microphone=()",
	"Referrer-Policy":            "strict-origin-when-cross-origin",
	"X-Content-Type-Options":     "nosniff",
}
