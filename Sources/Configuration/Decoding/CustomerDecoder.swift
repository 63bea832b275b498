import SLA

/// Reads `customers`, of all the files.
struct CustomerDecoder {
    /// Those that were found right.
    private(set) var customers: [Customer] = []
    /// Where each identifier was first used.
    private(set) var places: [String: String] = [:]

    /// Takes the customers of one file.
    mutating func decode(_ field: Field) {
        guard !field.node.isNull else { return }
        for item in field.list(of: "customers, as {id: acme, name: Acme}") ?? [] { decode(customer: item) }
    }

    private mutating func decode(customer field: Field) {
        guard let section = field.section(["id", "name", "email", "vip", "language"]),
            let place = section.required("id", "the customer's identifier"), let id = place.identifier()
        else { return }
        if let first = places[id] {
            place.report("a second customer \(id), first at \(first)")
            return
        }
        places[id] = place.place
        var customer = Customer(id: id)
        customer.name = section["name"]?.text("a name") ?? ""
        customer.email = section["email"]?.value("an e-mail address, as it@acme.example") { Self.email($0) }
        customer.isVIP = section["vip"]?.flag() ?? false
        customer.language = section["language"]?.choice()
        customers.append(customer)
    }

    /// What an address must have to be one; only sending proves it.
    static func email(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace),
            !text.hasControlCharacters, text.utf8.count <= 254
        else { return nil }
        return text
    }
}
