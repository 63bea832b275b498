/// What is to be expected of somebody who wants a place; those who come first are let in first.
enum Standing: Int, CaseIterable {
    /// Quick the last time.
    case quick
    /// Quick the last time, but others have been where it wants to go for long.
    case suspect
    /// Not quick the last time, or nothing is known.
    case slow

    /// How many of `places` those of this standing and of the later ones may take together: a part is kept for those
    /// who answer, and a part of that for those whose neighbours do.
    func share(of places: Int) -> Int {
        switch self {
        case .quick: places
        case .suspect: max(1, places - places / 8)
        case .slow: max(1, places - places / 4)
        }
    }
}
