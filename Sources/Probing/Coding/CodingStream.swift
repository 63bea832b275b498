/// What undoes one coding, a step at a time, in a library.
protocol CodingStream: AnyObject {
    /// Decodes from `input` into `output` until either is used up or the coding ends.
    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> CodingStep

    /// Whether a body may go on behind the coding's end with another of its kind, which begins with `byte`.
    func mayGoOn(with byte: UInt8) -> Bool

    /// Begins another one, behind the end of the one before.
    func restart()
}

/// What came of a step.
struct CodingStep {
    enum State: Hashable {
        case goesOn
        /// The coding is at its end, and all of it was written.
        case ended
        /// What came is damaged, in the library's words.
        case damaged(String)
        /// It does not even begin as the coding does.
        case foreign(String)
        case outOfMemory
    }

    /// Bytes of the input that were used.
    var read: Int
    /// Bytes of the output that were written.
    var written: Int
    var state: State
}
