import CLibyaml

/// What a YAML text consists of, a piece at a time, as libyaml finds it. No pointer of libyaml leaves this file.
///
/// It holds a few pieces at a time, however long the text is, and expands nothing.
final class YAMLEvents {
    /// A piece.
    struct Event {
        enum Kind {
            case alias(of: String)
            /// A text, and whether it was written without quotes.
            case scalar(String, isPlain: Bool)
            case list
            case mapping
            /// The end of a list, of a mapping, or of a document.
            case end
            /// The beginning of a document, or of all of them.
            case beginning
            case endOfText
        }

        let kind: Kind
        /// The line it begins on, from 1.
        let line: Int
        /// The name by which an alias may mean it.
        var anchor: String?
        /// The type that it asks for.
        var tag: String?
    }

    // Each has one allocation for the life of this object, which alone knows it and is used by one call at a time.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// The pieces of `text`.
    init(_ text: String) {
        input = .allocate(capacity: text.utf8.count)
        _ = input.initialize(from: text.utf8)
        parser = .allocate(capacity: 1)
        // Where there is no memory for it, it stays as this leaves it, and its first piece is an error.
        parser.initialize(to: yaml_parser_t())
        if yaml_parser_initialize(parser) == 1 {
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, input.baseAddress, input.count)
        } else {
            parser.pointee.error = YAML_MEMORY_ERROR
        }
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next piece; after an error or the end of the text, none is asked for.
    func next() throws(YAMLFault) -> Event {
        var event = yaml_event_t()
        guard parser.pointee.error == YAML_NO_ERROR, yaml_parser_parse(parser, &event) == 1 else {
            throw YAMLFault(parser.pointee)
        }
        // What it points to is copied until then.
        defer { yaml_event_delete(&event) }
        return Event(event)
    }
}

extension YAMLEvents.Event {
    fileprivate init(_ event: yaml_event_t) {
        line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_ALIAS_EVENT: kind = .alias(of: Self.text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            kind = .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            (anchor, tag) = (Self.text(scalar.anchor), Self.text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            kind = .list
            (anchor, tag) = (Self.text(event.data.sequence_start.anchor), Self.text(event.data.sequence_start.tag))
        case YAML_MAPPING_START_EVENT:
            kind = .mapping
            (anchor, tag) = (Self.text(event.data.mapping_start.anchor), Self.text(event.data.mapping_start.tag))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT, YAML_DOCUMENT_END_EVENT: kind = .end
        case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT: kind = .beginning
        default: kind = .endOfText
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}

extension YAMLFault {
    fileprivate init(_ parser: yaml_parser_t) {
        func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
        let context = text(parser.context).map {
            Context(text: $0, line: Int(parser.context_mark.line) + 1)
        }
        switch parser.error {
        case YAML_READER_ERROR: place = .byte(Int(parser.problem_offset))
        case YAML_MEMORY_ERROR: place = .line(1, column: 1)
        default: place = .line(Int(parser.problem_mark.line) + 1, column: Int(parser.problem_mark.column) + 1)
        }
        problem = text(parser.problem) ?? "no memory"
        self.context = context
        isOfScanner = parser.error == YAML_SCANNER_ERROR
    }
}
