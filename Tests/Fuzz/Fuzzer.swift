import Foundation

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ argc: UnsafeMutablePointer<CInt>,
    _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Holds the parser that $AVAILD_PARSER names against what libFuzzer comes up with. The arguments are libFuzzer's own,
/// which begins itself anew with them: so the parser is not among them.
@main enum Fuzzer {
    private static let property = ParserProperty.all.first {
        $0.name == ProcessInfo.processInfo.environment["AVAILD_PARSER"]
    }

    static func main() {
        guard property != nil else {
            // What run.sh asks for, to know them all.
            for property in ParserProperty.all { print(property.name) }
            return
        }
        var argc = CommandLine.argc
        var argv = CommandLine.unsafeArgv
        // Both are good until the process ends, which is in there.
        exit(runDriver(&argc, &argv, hold))
    }

    private static let hold: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { bytes, count in
        do {
            // libFuzzer's bytes are good for this call, and end where the sanitizer sees it.
            try property?.check(UnsafeRawBufferPointer(start: bytes, count: count))
        } catch {
            print("\(property?.name ?? ""): \(error)")
            fflush(nil)
            abort()
        }
        return 0
    }
}

/// libFuzzer's own main, which is linked and not begun with, asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }
