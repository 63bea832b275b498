extension Agreement {
    /// The channels that `customer` must be told by, with the time in which they are in force, in order.
    func requiredChannels(for customer: Customer) -> [(channels: [NoticeChannel], time: Interval)] {
        times.map { ($0.agreement.channels.required(for: customer), $0.time) }
    }
}

extension NoticeChannels {
    /// Those that `customer` must be told by, in the order in which the contract names them.
    public func required(for customer: Customer) -> [NoticeChannel] {
        NoticeChannel.allCases.filter { everyone.contains($0) || customer.isVIP && vip.contains($0) }
    }
}
