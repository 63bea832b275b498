/// How many decimals amounts of a currency have (ISO 4217).
enum Currency {
    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
        "XOF", "XPF",
    ]
    private static let withThree: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    static func minorDigits(of code: String?) -> Int {
        guard let code else { return 2 }
        return withoutDecimals.contains(code) ? 0 : withThree.contains(code) ? 3 : 2
    }
}
