extension Array {
    /// The index of the first element for which `isBehind` holds, or the count where it holds for none; it holds
    /// for every element behind one for which it does. Logarithmic time.
    func partitionPoint(where isBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
