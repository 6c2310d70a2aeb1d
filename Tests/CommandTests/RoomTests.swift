import Foundation
import Testing

/// Inside a target, no room looks up: the compiler keeps the floors of targets, this those of folders.
@Suite struct RoomTests {
    @Test(arguments: Rooms.all.map(\.target))
    func roomsLookDown(target: String) throws {
        let rooms = try #require(Rooms.all.first { $0.target == target })
        let files = try rooms.files()
        try #require(files.count > 5)
        #expect(Set(files.map(\.room)).subtracting(rooms.floors) == [], "each room has a floor")
        #expect(Set(rooms.floors).subtracting(files.map(\.room)) == [], "each floor has a room")
        let upward = rooms.upwardUses(of: files)
        #expect(upward.subtracting(rooms.unmended) == [], "names a type of a floor above")
        #expect(rooms.unmended.subtracting(upward) == [], "was mended: take it off the list")
    }

    /// The page for contributors lists the rooms that there are, in the order of their floors.
    @Test func theArchitecturePageListsTheFloors() throws {
        let rows = try Readme.page("Architecture").rows(under: "### Folders")
        let listed = Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    row[0].replacing("`", with: ""),
                    row[1].matches(of: /`([A-Za-z]+)`/).map { String($0.output.1) }
                )
            })
        for rooms in Rooms.all {
            #expect(listed[rooms.target] == rooms.floors.filter { $0 != "." }, "\(rooms.target)")
        }
        #expect(Set(listed.keys) == Set(Rooms.all.map(\.target)))
    }

    @Test func anUpwardUseIsFound() {
        let rooms = Rooms(target: "Shop", floors: ["Ground", "Attic"], unmended: [])
        let ground = """
            /// Like `Roof`, which a comment may name.
            struct Wall { let text = "Roof"; let said = "a \\(Roof.name(of: "x")) b" }
            """
        let attic = "public final class Roof { let wall: Wall }\nprivate struct Wall2 {}"
        func files(_ ground: String) -> [Rooms.File] {
            [
                .init(room: "Ground", name: "Wall.swift", uses: TypeUses(ground)),
                .init(room: "Attic", name: "Roof.swift", uses: TypeUses(attic)),
            ]
        }
        #expect(rooms.upwardUses(of: files(ground)) == ["Wall.swift: Roof"])
        let harmless = ground.replacing("\\(Roof.name(of: \"x\"))", with: "\\(other)")
        #expect(rooms.upwardUses(of: files(harmless)) == [])
        #expect(TypeUses(attic).declared == ["Roof"])
    }
}
