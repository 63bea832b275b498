extension String {
    /// The text on one line, without anything that would steer a terminal, hide, or look like another line: what
    /// people and servers wrote is shown, and shows nothing else.
    var onOneLine: String {
        guard unicodeScalars.contains(where: \.isUnseen) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isUnseen {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    fileprivate var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
