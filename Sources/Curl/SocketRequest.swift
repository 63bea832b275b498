import Addresses
import CLibcurl

/// The socket that libcurl wants.
public struct SocketRequest {
    /// The address that it will be connected to; nil where it is of no family that we know.
    public let address: IPAddress?
    /// The address family, as socket(2) has it.
    public let family: Int32
    /// The type, as socket(2) has it.
    public let type: Int32
    /// The protocol, as socket(2) has it.
    public let protocolNumber: Int32

    /// `target` is libcurl's, for the time of the call, and its address as long as its family asks for.
    init(_ target: UnsafeMutablePointer<curl_sockaddr>) {
        address = withUnsafePointer(to: &target.pointee.addr) { IPAddress(socketAddress: $0) }
        family = target.pointee.family
        type = target.pointee.socktype
        protocolNumber = target.pointee.protocol
    }
}
