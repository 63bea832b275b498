import Testing

@testable import SLA

@Suite struct KeyedHeapTests {
    @Test func theHeapAgreesWithSortingUnderRandomMoves() {
        var heap = KeyedHeap<Int, UInt64>()
        var model: [Int: UInt64] = [:]
        var state: UInt64 = 42
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Every priority stands once: the key is its last part.
            let (key, priority) = (Int(state >> 33) % 200, (state >> 13) % 1000 * 200 + UInt64(state >> 33) % 200)
            if state >> 60 < 5 {
                heap.remove(key)
                model[key] = nil
            } else {
                heap.set(key, to: priority)
                model[key] = priority
            }
            let first = model.min { $0.value < $1.value }
            #expect(heap.first?.key == first?.key && heap.first?.priority == first?.value)
            #expect(heap.count == model.count)
            #expect(heap.held <= 2 * heap.count + 64)
        }
    }

    /// Probes that all answer leave nothing behind for long, and one that comes back to where it stood stands once.
    @Test func whatStaysBehindHasABound() {
        var heap = KeyedHeap<Int, Int>()
        for probe in 0..<10_000 {
            heap.set(probe, to: probe + 1_000_000)
            if probe >= 100 { heap.remove((probe - 100) ^ 3) }
            #expect(heap.held <= 2 * heap.count + 64)
        }
        var other = KeyedHeap<String, Int>()
        for _ in 0..<1000 {
            for priority in [1, 2, 2, 1] { other.set("a", to: priority) }
        }
        #expect(other.count == 1 && other.held <= 66)
        other.set("b", to: 3)
        other.remove("a")
        #expect(other.first?.key == "b")
    }

    @Test func whatIsTakenOutIsGone() {
        var heap = KeyedHeap<String, Int>()
        heap.remove("nobody")
        for (key, priority) in [("a", 3), ("b", 1), ("c", 2)] { heap.set(key, to: priority) }
        heap.remove("b")
        #expect(heap.first?.key == "c")
        heap.remove("a")
        heap.remove("c")
        #expect(heap.first == nil && heap.count == 0)
    }
}
