extension NoticeChannels {
    /// Those that `customer` must be told by, in the order in which the contract names them.
    public func required(for customer: Customer) -> [NoticeChannel] {
        NoticeChannel.allCases.filter { everyone.contains($0) || customer.isVIP && vip.contains($0) }
    }
}
