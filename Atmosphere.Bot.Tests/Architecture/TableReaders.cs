using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>
/// A table is read by its owner's folder. Statements of other folders read the tables that most rows refer to, and those that are listed
/// here; decision 86 gives the reasons.
/// </summary>
public sealed partial class TableReaders
{
    /// <summary>What most rows are about. Any folder of Storage may join them.</summary>
    private static readonly string[] _subjects = ["groups", "participants", "persons", "photos", "faces"];

    private static readonly Dictionary<string, string[]> _readers = new()
    {
        ["Atmosphere.Bot/Storage/Chats"] = ["direct_line_activities", "face_tags", "group_participants"],
        ["Atmosphere.Bot/Storage/DirectLine"] = ["consents", "guardians", "media_distributions", "turns"],
        ["Atmosphere.Recognition/Storage/Clusters"] = ["embeddings"],
        ["Atmosphere.Recognition/Storage/Collections"] = ["searches"],
        ["Atmosphere.Recognition/Storage/Deliveries"] = ["consents", "face_tags", "group_participants", "guardians"],
        ["Atmosphere.Recognition/Storage/Dependents"] = ["consent_ledger"],
        ["Atmosphere.Recognition/Storage/Faces"] = ["cluster_faces", "exif", "face_tags", "question_faces", "questions"],
        ["Atmosphere.Recognition/Storage/Participants"] = ["group_participants", "guardians"],
        ["Atmosphere.Recognition/Storage/Persons"] = ["group_participants", "held_faces", "requests"],
        ["Atmosphere.Recognition/Storage/Photos"] = ["bounding_boxes", "clients", "enrolment_photos", "held_faces", "media_distributions", "notifications"],
        ["Atmosphere.Recognition/Storage/Questions"] =
            ["bounding_boxes", "candidates", "cluster_faces", "clusters", "embeddings", "guardians", "held_faces", "media_distributions"],
        ["Atmosphere.Recognition/Storage/Reports"] = ["colleagues", "consents", "face_tags", "inbox", "media_distributions", "questions"],
        ["Atmosphere.Recognition/Storage/Requests"] = ["group_participants"],
        ["Atmosphere.Recognition/Storage/Rights"] =
            ["bounding_boxes", "consents", "erasure_photo_faces", "group_participants", "guardians", "held_faces", "media_distributions", "media_subjects", "requests"],
    };

    [Fact]
    public void A_table_is_read_in_its_own_folder_and_where_decision_86_says_why()
    {
        var found = SourceFile.All.Where(file => file.IsInStorage)
            .SelectMany(file => Statement().Matches(file.Texts).Select(table => table.Groups[1].Value), (file, table) => (file.Folder, Table: table))
            .Where(read => SourceFile.Tables.TryGetValue(read.Table, out var owner) && owner != read.Folder && !_subjects.Contains(read.Table));
        var listed = _readers.SelectMany(reader => reader.Value, (reader, table) => (Folder: reader.Key, Table: table));
        Assert.Equal(Lines(listed), Lines(found));
    }

    private static string Lines(IEnumerable<(string Folder, string Table)> reads) =>
        string.Join('\n', reads.Distinct().Select(read => $"{read.Folder} reads {read.Table}").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(\w+)")]
    private static partial Regex Statement();
}
