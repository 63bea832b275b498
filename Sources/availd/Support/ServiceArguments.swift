import Intake
import SLA

extension Catalog {
    /// The service called `id`.
    ///
    /// - Throws: a ``Failure`` of usage that names the nearest one.
    func requiredService(_ id: String) throws -> Service {
        if let service = service(id) { return service }
        let nearest = nearestName(to: id, among: services.map(\.id)).map { "; did you mean \($0)?" } ?? ""
        throw Failure(
            status: ExitStatus.usage,
            message: "unknown service \(Diagnostic.quoted(id)), expected one of the configuration's\(nearest)")
    }
}
