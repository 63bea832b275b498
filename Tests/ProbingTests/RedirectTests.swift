import Curl
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct RedirectTests {
    @Test func eachHopIsAProbeOfItsOwn() async throws {
        let last = try LoopbackServer { $0.answer(body: "Acme") }
        let first = try LoopbackServer { [port = last.port] in
            $0.answer("302 Found", headers: ["Location: http://localhost:\(port)/end#fragment"])
        }
        let engine = try engine()
        let followed = try await engine.probe(
            request(first.url, redirects: 1, expect: Expected(bodyContains: ["Acme"])))
        #expect(followed.cause == nil)
        #expect(followed.hops.map(\.status) == [302, 200])
        #expect(followed.hops.last?.url == "http://localhost:\(last.port)/end")
        #expect(followed.hops.map(\.address) == ["127.0.0.1", "127.0.0.1"])
        let taken = try await engine.probe(request(first.url))
        #expect(taken.state == .up)
        #expect(taken.status == 302)
        let failed = try await engine.probe(
            request(first.url, redirects: 1, expect: Expected(bodyContains: ["Corp"])))
        #expect(failed.cause == "at http://localhost:\(last.port)/end: body does not contain \"Corp\"")
    }

    /// Ours to write right is the first address alone.
    @Test func aTargetThatIsNoHostNameIsTheServersFault() async throws {
        let host = String(repeating: "a.", count: 4000) + "test"
        let server = try LoopbackServer { $0.answer("302 Found", headers: ["Location: http://\(host)/"]) }
        let result = try await engine().probe(request(server.url, redirects: 1))
        #expect(result.state == .down)
        #expect(result.cause?.hasSuffix("which is not a host name") == true, "\(result.cause ?? "up")")
    }

    /// libcurl undoes the percent signs, and browsers ask for the name that comes out.
    @Test func aHostBehindPercentSignsIsAName() {
        #expect(CurlURL("https://b%C3%BCcher.example/")?.host == "xn--bcher-kva.example")
        #expect(CurlURL("https://b%FFcher.example/") == nil)
        #expect(CurlURL("https://b%20cher.example/") == nil)
    }

    @Test func aLongTargetLeavesRoomForTheReason() async throws {
        let path = String(repeating: "a", count: 2000)
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let isFirst = connection.readRequest().hasPrefix("GET / ")
            connection.answer(isFirst ? "302 Found" : "404 Not Found", headers: isFirst ? ["Location: /\(path)"] : [])
        }
        let result = try await engine().probe(request(server.url, redirects: 1))
        let shown = (server.url + path).prefix(79)
        #expect(result.state == .down)
        #expect(result.cause == "at \(shown)…: status 404, expected 200-399")
        #expect(result.hops.last?.url == server.url + path)
    }

    /// As browsers read them, whatever the standard says.
    @Test(arguments: [
        "\\next", " /next ", "/a/../next", "\\\\127.0.0.1:PORT\\next", "http:\\\\127.0.0.1:PORT/next", "http:/next",
    ])
    func aTargetIsReadAsBrowsersReadIt(_ location: String) async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let line = String(connection.readRequest().prefix { $0 != "\r\n" })
            seen.add(line)
            let port = connection.localPort
            let target = location.replacing("PORT", with: "\(port)")
            connection.answer(line.contains(" / ") ? "302 Found" : "200 OK", headers: ["Location: \(target)"])
        }
        let result = try await engine().probe(request(server.url, redirects: 1))
        #expect(result.cause == nil)
        #expect(seen.all == ["GET / HTTP/1.1", "GET /next HTTP/1.1"])
    }

    @Test func aTargetMayHaveSpacesInIt() async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let isFirst = connection.readRequest().hasPrefix("GET / ")
            connection.answer(isFirst ? "302 Found" : "200 OK", headers: isFirst ? ["Location: /a page?q=b c"] : [])
        }
        let result = try await engine().probe(request(server.url, redirects: 1))
        #expect(result.cause == nil)
        #expect(result.hops.last?.url == server.url + "a%20page?q=b%20c")
    }

    /// Browsers go on at the headers: nothing of the body is waited for, and nothing of it is wrong.
    @Test(arguments: [
        (["Content-Length: 500"], "short", true), (["Content-Length: 500"], "short", false), ([], "", true),
        (["Content-Encoding: gzip"], "a page that is not compressed", false),
        (["Content-Encoding: gzip, gzip"], "twice", false), (["Transfer-Encoding: chunked"], "nonsense", true),
    ])
    func aRedirectIsFollowedAtItsHeaders(_ headers: [String], _ body: String, _ hangs: Bool) async throws {
        let server = try LoopbackServer(speaksFirst: true) { connection in
            guard connection.readRequest().hasPrefix("GET / ") else { return connection.answer(body: "Acme") }
            let lines = ["HTTP/1.1 302 Found", "Location: /next"] + headers
            connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
            if hangs { connection.hang() }
        }
        let result = try await engine().probe(
            request(server.url, timeout: 60_000, redirects: 1, expect: Expected(bodyContains: ["Acme"])))
        #expect(result.cause == nil)
        #expect(result.hops.map(\.status) == [302, 200])
    }

    /// Other statuses say something else with a `Location`: their body is the answer.
    @Test(arguments: [300, 304, 305, 399])
    func onlyRedirectsAreFollowed(_ status: Int) async throws {
        let server = try LoopbackServer { $0.answer("\(status) Else", headers: ["Location: http://nowhere.test/"]) }
        let result = try await engine().probe(request(server.url, redirects: 3))
        #expect(result.cause == nil)
        #expect(result.hops.map(\.status) == [status])
    }

    /// Bytes of no UTF-8 are asked for as they are.
    @Test func aTargetOfOtherBytesIsAskedForAsItIs() async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let line = String(connection.readRequest().prefix { $0 != "\r\n" })
            seen.add(line)
            guard line.contains(" / ") else { return connection.answer() }
            connection.send("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /caf")
            let bytes: [UInt8] = [0xE9, 0x3F, 0x71, 0x3D, 0xD6, 0xD0]
            _ = Glibc.send(connection.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            connection.send("\r\n\r\n")
        }
        #expect(try await engine().probe(request(server.url, redirects: 1)).cause == nil)
        #expect(seen.all.last == "GET /caf%E9?q=%D6%D0 HTTP/1.1")
    }

    /// A site that shows its page only to those who keep its cookie.
    @Test func cookiesGoFromHopToHopAndAreForgotten() async throws {
        let seen = Seen()
        let server = try LoopbackServer(speaksFirst: true) { connection in
            let text = connection.readRequest()
            let cookies = text.split(separator: "\r\n").filter { $0.hasPrefix("Cookie: ") }.joined(separator: "|")
            seen.add(cookies)
            if cookies.contains("seen=1") {
                connection.answer(body: "Acme")
            } else {
                connection.answer(
                    "302 Found",
                    headers: [
                        "Location: /", "Set-Cookie: seen=1; Path=/", "Set-Cookie: other=2; Path=/elsewhere",
                        "Set-Cookie: foreign=3; Domain=example.com",
                    ])
            }
        }
        let engine = try engine()
        for _ in 0..<3 {
            let result = try await engine.probe(
                request(server.url, redirects: 5, expect: Expected(bodyContains: ["Acme"])))
            #expect(result.cause == nil)
        }
        #expect(seen.all == ["", "Cookie: seen=1", "", "Cookie: seen=1", "", "Cookie: seen=1"])
        // Beside one of our own, in one header.
        _ = try await engine.probe(
            request(server.url, headers: [.init(name: "Cookie", value: "own=0")], redirects: 5))
        #expect(Set(seen.all.last?.dropFirst(8).components(separatedBy: "; ") ?? []) == ["seen=1", "own=0"])
    }

    @Test func cookiesAreOfTheirSite() async throws {
        let seen = Seen()
        let other = try LoopbackServer(on: "127.0.0.2", speaksFirst: true) { connection in
            seen.add(connection.readRequest().contains("Cookie:") ? "cookie" : "none")
            connection.answer()
        }
        let server = try LoopbackServer { [port = other.port] in
            $0.answer("302 Found", headers: ["Location: http://127.0.0.2:\(port)/", "Set-Cookie: a=b"])
        }
        #expect(try await engine().probe(request(server.url, redirects: 1)).cause == nil)
        #expect(seen.all == ["none"])
    }

    @Test func aLoopEnds() async throws {
        let server = try LoopbackServer { $0.answer("301 Moved", headers: ["Location: /again"]) }
        let result = try await engine().probe(request(server.url, redirects: 3))
        #expect(result.state == .down)
        #expect(result.cause?.hasSuffix("more than 3 redirects") == true)
        #expect(server.accepted == 4)
    }

    @Test func aRedirectToAForbiddenAddressIsDown() async throws {
        let target = try LoopbackServer(on: "127.0.0.2") { $0.answer() }
        let server = try LoopbackServer { [port = target.port] in
            $0.answer("302 Found", headers: ["Location: http://[::ffff:127.0.0.2]:\(port)/"])
        }
        let result = try await engine(allowing: ["127.0.0.1"]).probe(request(server.url, redirects: 3))
        #expect(result.state == .down)
        let cause = "redirect to ::ffff:127.0.0.2, which probing.allow_addresses does not allow"
        #expect(result.cause?.hasSuffix(cause) == true)
        #expect(target.accepted == 0)
    }

    @Test(arguments: [
        ("ftp://127.0.0.1/", "not http or https"), ("file:///etc/passwd", "not http or https"),
        ("gopher://127.0.0.1/", "not http or https"), ("http://", "no URL"), ("http://127.0.0.1:99999/", "no URL"),
        ("//127.0.0.1:x/", "no URL"),
    ])
    func onlyHTTPIsFollowed(_ target: String, _ reason: String) async throws {
        let server = try LoopbackServer { $0.answer("302 Found", headers: ["Location: \(target)"]) }
        let result = try await engine().probe(request(server.url, redirects: 3))
        #expect(result.state == .down)
        #expect(result.cause == "redirect to \"\(target)\", which is \(reason)")
        #expect(result.hops.count == 1)
        #expect(server.accepted == 1)
    }

    @Test func credentialsStayWithTheirOrigin() async throws {
        let seen = Seen()
        let other = try LoopbackServer(speaksFirst: true) { connection in
            seen.add(connection.readRequest())
            connection.answer()
        }
        let server = try LoopbackServer(speaksFirst: true) { [port = other.port] connection in
            let text = connection.readRequest()
            seen.add(text)
            let target = text.hasPrefix("POST / ") ? "/next" : "http://u:p@127.0.0.1:\(port)/"
            connection.answer("302 Found", headers: ["Location: \(target)"])
        }
        let result = try await engine().probe(
            request(
                server.url, method: "POST",
                headers: [.init(name: "Cookie", value: "a=b"), .init(name: "X-Key", secret: Secret("k1"))],
                body: "hello",
                authentication: .basic(user: "u", password: Secret("p")), redirects: 3))
        #expect(result.cause == nil)
        #expect(seen.all.map { $0.prefix(9) } == ["POST / HT", "GET /next", "GET / HTT"])
        #expect(seen.all.map { $0.contains("Authorization: Basic dTpw") } == [true, true, false])
        #expect(seen.all.map { $0.contains("Cookie: a=b") } == [true, true, false])
        #expect(seen.all.map { $0.contains("X-Key: k1") } == [true, true, false])
        #expect(seen.all.map { $0.contains("Content-Length") } == [true, false, false])
    }

    @Test func theTimeoutIsOverAllHops() async throws {
        let server = try LoopbackServer { connection in
            usleep(150_000)
            connection.answer("302 Found", headers: ["Location: /again"])
        }
        let result = try await engine().probe(request(server.url, timeout: 400, redirects: 1000))
        #expect(result.state == .down)
        #expect(result.cause?.contains("timeout after 0.400 s while ") == true)
        #expect(result.hops.count >= 2)
    }
}
