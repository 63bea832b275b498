import Intake
import SLA

extension ProbeSpecification {
    /// A probe of the address `text` by the defaults of its scheme: what `availd probe URL` makes.
    ///
    /// - Throws: a `Diagnostic` of `text`, where it is no address that a check could have.
    public init(address text: String) throws(Diagnostic) {
        do {
            let url = try ProbeURL(text)
            self.init(url: url.text, scheme: url.scheme, host: url.host, port: url.port)
        } catch {
            throw Diagnostic(file: text, message: error.message, nearest: error.nearest)
        }
    }
}
