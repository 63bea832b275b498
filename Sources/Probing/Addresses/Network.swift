extension AddressPolicy {
    /// A block of addresses of one family, in CIDR form.
    public struct Network: Hashable, Sendable {
        private let base: IPAddress
        private let length: Int

        /// A text that is not a network.
        public struct Malformed: Error, Equatable, Sendable, CustomStringConvertible {
            /// What was found instead.
            public let text: String

            /// `10.0.0.0/99 is not a network; expected …`, in a sentence without a full stop.
            public var description: String {
                "\(Cause.clip(text)) is not a network; expected an address and a length, as 10.0.0.0/8 or fd00::/8, "
                    + "with no bits of the address set behind the length"
            }
        }

        /// The network written as `10.0.0.0/8`, `fd00::/8`, or a single address without a length. No bits
        /// of the address may be set behind the length, and the length has no leading zero.
        ///
        /// - Throws: ``Malformed`` where `text` is none.
        public init(cidr text: String) throws(Malformed) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { throw Malformed(text: text) }
            let whole = address.family == .ipv4 ? 32 : 128
            var length = whole
            if parts.count == 2 {
                let digits = parts[1]
                guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                    digits == "0" || !digits.hasPrefix("0"), let number = Int(digits), number <= whole
                else { throw Malformed(text: text) }
                length = number
            }
            guard Self.first(of: address, length) == address else { throw Malformed(text: text) }
            base = address
            self.length = length
        }

        /// `address` with zeros behind its first `length` bits.
        private static func first(of address: IPAddress, _ length: Int) -> IPAddress {
            // Shifts past the width give 0 in Swift.
            switch address.family {
            case .ipv4:
                return IPAddress(ipv4: UInt32(truncatingIfNeeded: address.low) & ~(UInt32.max >> UInt32(length)))
            case .ipv6:
                let low = length <= 64 ? 0 : address.low & ~(UInt64.max >> UInt64(length - 64))
                return IPAddress(ipv6: address.high & ~(UInt64.max >> UInt64(length)), low)
            }
        }

        init(ipv4 bytes: (UInt8, UInt8, UInt8, UInt8), _ length: Int) {
            let (a, b, c, d) = (UInt32(bytes.0), UInt32(bytes.1), UInt32(bytes.2), UInt32(bytes.3))
            base = IPAddress(ipv4: a << 24 | b << 16 | c << 8 | d)
            self.length = length
        }

        init(ipv6 high: UInt64, _ length: Int) {
            base = IPAddress(ipv6: high, 0)
            self.length = length
        }

        /// Whether `address` lies inside; never where it is of the other family.
        public func contains(_ address: IPAddress) -> Bool {
            guard address.family == base.family else { return false }
            // Shifts past the width give 0 in Swift, so a length of 0 needs no case of its own.
            switch base.family {
            case .ipv4:
                return (address.low ^ base.low) >> UInt64(32 - length) == 0
            case .ipv6 where length <= 64:
                return (address.high ^ base.high) >> UInt64(64 - length) == 0
            case .ipv6:
                return address.high == base.high && (address.low ^ base.low) >> UInt64(128 - length) == 0
            }
        }
    }
}
