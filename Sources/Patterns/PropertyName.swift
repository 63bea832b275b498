/// The names of Unicode's properties that ICU and PCRE2 do not share.
enum PropertyName {
    /// The name by which PCRE2 knows what ICU knows as `name`.
    static func known(_ name: String) -> String {
        let bare = name.hasPrefix("gc=") ? String(name.dropFirst(3)) : name
        if let short = categories[bare.lowercased().filter { $0.isLetter }] { return short }
        // A name alone is a script to ICU, and to PCRE2 also what other scripts share with it.
        let isPlain = bare.utf8.allSatisfy { (0x41...0x7A).contains($0) }
        return isPlain && Pattern.isKnown(#"\p{sc:\#(bare)}"#) ? "sc:\(bare)" : bare
    }

    private static let categories = [
        "letter": "L", "uppercaseletter": "Lu", "lowercaseletter": "Ll", "titlecaseletter": "Lt",
        "modifierletter": "Lm", "otherletter": "Lo", "mark": "M", "nonspacingmark": "Mn", "spacingmark": "Mc",
        "enclosingmark": "Me", "number": "N", "decimalnumber": "Nd", "letternumber": "Nl", "othernumber": "No",
        "punctuation": "P", "connectorpunctuation": "Pc", "dashpunctuation": "Pd", "openpunctuation": "Ps",
        "closepunctuation": "Pe", "initialpunctuation": "Pi", "finalpunctuation": "Pf", "otherpunctuation": "Po",
        "symbol": "S", "mathsymbol": "Sm", "currencysymbol": "Sc", "modifiersymbol": "Sk", "othersymbol": "So",
        "separator": "Z", "spaceseparator": "Zs", "lineseparator": "Zl", "paragraphseparator": "Zp", "other": "C",
        "control": "Cc", "format": "Cf",
    ]
}
