import Glibc

/// An IPv4 or IPv6 address, without port and scope.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Which of the two it is.
    public enum Family: Hashable, Sendable {
        /// 32 bits.
        case ipv4
        /// 128 bits.
        case ipv6

        /// How many bits an address has.
        public var width: Int { self == .ipv4 ? 32 : 128 }
    }

    /// Which of the two it is.
    public let family: Family
    /// The first 64 bits of an IPv6 address; 0 of an IPv4 address.
    let high: UInt64
    /// The last 64 bits of an IPv6 address; the 32 bits of an IPv4 address.
    let low: UInt64

    /// An IPv4 address of `bits`, as `0x7F00_0001` for `127.0.0.1`.
    public init(ipv4 bits: UInt32) {
        family = .ipv4
        high = 0
        low = UInt64(bits)
    }

    /// An IPv6 address of its first and its last 64 bits.
    public init(ipv6 high: UInt64, _ low: UInt64) {
        family = .ipv6
        self.high = high
        self.low = low
    }

    /// The address written as `192.0.2.1` or `2001:db8::1`, without brackets; nil for anything else.
    public init?(_ text: String) {
        // C reads a text only up to its first NUL.
        guard !text.utf8.contains(0) else { return nil }
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(ipv4: UInt32(bigEndian: v4.s_addr))
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        self.init(bytes: v6)
    }

    private init(bytes: in6_addr) {
        let (high, low) = withUnsafeBytes(of: bytes) {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(ipv6: UInt64(bigEndian: high), UInt64(bigEndian: low))
    }

    /// The address at `pointer`, or nil where it is of another family.
    ///
    /// `pointer` must point at a whole `sockaddr_in` or `sockaddr_in6`, as its family says.
    public init?(socketAddress pointer: UnsafePointer<sockaddr>) {
        // The family says how far the memory reaches; the loads are unaligned, so alignment asks for nothing.
        let raw = UnsafeRawPointer(pointer)
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET:
            self.init(ipv4: UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            self.init(bytes: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default:
            return nil
        }
    }

    /// Calls `body` with the address and `port` as the system's functions take them; the pointer is good for the call.
    public func withSocketAddress<Result>(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        // A pointer to the whole of either is one to its beginning, which all of them share.
        func call<Address>(_ address: Address) -> Result {
            withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
            }
        }
        switch family {
        case .ipv4:
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
            return call(address)
        case .ipv6:
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &address.sin6_addr) {
                $0.storeBytes(of: high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return call(address)
        }
    }

    /// As `192.0.2.1` or `2001:db8::1`, in the canonical form of RFC 5952.
    public var description: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch family {
        case .ipv4:
            var v4 = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &v4, &buffer, socklen_t(buffer.count))
        case .ipv6:
            var bytes = (high.bigEndian, low.bigEndian)
            inet_ntop(AF_INET6, &bytes, &buffer, socklen_t(buffer.count))
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// As URLs write it: an IPv6 address stands in brackets.
    public var inURL: String { family == .ipv6 ? "[\(self)]" : description }

    /// The IPv4 address that this IPv6 address stands for, where it is one of the forms that carry one.
    public var embedded: IPAddress? {
        guard family == .ipv6 else { return nil }
        let last = IPAddress(ipv4: UInt32(truncatingIfNeeded: low))
        if high == 0 {
            // ::ffff:a.b.c.d (mapped), and ::a.b.c.d (compatible) but for :: and ::1.
            if low >> 32 == 0xffff || (low >> 32 == 0 && low > 1) { return last }
        }
        // 64:ff9b::a.b.c.d (NAT64, RFC 6052).
        if high == 0x0064_ff9b_0000_0000, low >> 32 == 0 { return last }
        // 2002:aabb:ccdd:: (6to4).
        if high >> 48 == 0x2002 { return IPAddress(ipv4: UInt32(truncatingIfNeeded: high >> 16)) }
        return nil
    }

    /// The address with zeros behind its first `length` bits; `length` is 0 to the family's width.
    func masked(to length: Int) -> IPAddress {
        // Shifts past the width give 0 in Swift, so no length needs a case of its own.
        switch family {
        case .ipv4:
            return IPAddress(ipv4: UInt32(truncatingIfNeeded: low) & ~(UInt32.max >> UInt32(length)))
        case .ipv6:
            let lastBits = length <= 64 ? 0 : low & ~(UInt64.max >> UInt64(length - 64))
            return IPAddress(ipv6: high & ~(UInt64.max >> UInt64(length)), lastBits)
        }
    }
}
