import Dispatch

/// Work that blocks its thread, and may never come back: a file system that hangs, a configuration without end.
enum BlockingWork {
    /// What `body` comes to, on a thread that nobody else needs. It cannot be cancelled; where nobody waits for it any
    /// more, it ends with the process.
    static func result<Result: Sendable>(
        of body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
