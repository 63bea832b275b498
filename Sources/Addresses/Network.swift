/// A block of addresses of one family, in CIDR form.
public struct Network: Hashable, Sendable, CustomStringConvertible {
    /// The first address of it.
    let base: IPAddress
    /// How many leading bits its addresses share: 0 to 32, or to 128.
    public let prefixLength: Int

    /// The network written as `10.0.0.0/8`, `fd00::/8`, or a single address without a length. No bits
    /// of the address may be set behind the length, and the length has no leading zero.
    ///
    /// - Throws: ``Mistake`` where `text` is none.
    public init(_ text: String) throws(Mistake) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { throw .notANetwork }
        let whole = address.family.width
        guard parts.count == 2 else {
            (base, prefixLength) = (address, whole)
            return
        }
        let digits = parts[1]
        guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits == "0" || !digits.hasPrefix("0"), let length = Int(digits), length <= whole
        else { throw .prefixLength(most: whole) }
        guard address.masked(to: length) == address else { throw .hostBits(prefixLength: length) }
        (base, prefixLength) = (address, length)
    }

    /// The network of the first `prefixLength` bits of `base`; the bits behind them do not count.
    public init(_ base: IPAddress, prefixLength: Int) {
        let length = min(max(0, prefixLength), base.family.width)
        self.base = base.masked(to: length)
        self.prefixLength = length
    }

    /// Whether `address` lies inside; never where it is of the other family.
    public func contains(_ address: IPAddress) -> Bool {
        address.family == base.family && address.masked(to: prefixLength) == base
    }

    /// As it is read: `10.0.0.0/8`, and a single address without a length.
    public var description: String {
        prefixLength == base.family.width ? base.description : "\(base)/\(prefixLength)"
    }
}

extension Network {
    /// What is wrong with a text that is not a network.
    public enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// It does not begin with an address.
        case notANetwork
        /// What stands behind the address is not a length up to the greatest there is.
        case prefixLength(most: Int)
        /// The address has bits behind its length.
        case hostBits(prefixLength: Int)

        /// What was expected, in a sentence without a full stop.
        public var description: String {
            switch self {
            case .notANetwork: "expected an address or a block, as 10.0.0.0/8, 192.0.2.7 or fd00::/8"
            case .prefixLength(let most): "expected a prefix length from 0 to \(most)"
            case .hostBits(let length): "expected no bits of the address set behind the first \(length)"
            }
        }
    }
}
