using System.Text.Json;
using Atmosphere.Bot.Console.Accuracy;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Week;

/// <summary>Who is who: the labels beside what the server has in its tables.</summary>
internal sealed class WeekTruth(Database database)
{
    private const float LeastHeight = 60;

    private readonly Dictionary<string, WeekPhoto> _photos = new(StringComparer.Ordinal);

    /// <summary>The child's name of a label: names of persons who are in the labels, and of nobody else.</summary>
    public static string NameOf(string label) => char.ToUpperInvariant(label[label.LastIndexOf('_') + 1]) + label[(label.LastIndexOf('_') + 2)..];

    public void Add(WeekPhoto photo) => _photos[photo.Id] = photo with { Jpeg = [] };

    /// <summary>The person whose face it is; null: the labels name nobody there.</summary>
    public TrueFace? Of(string photo, Box box)
    {
        var best = _photos[photo].Faces.MaxBy(face => face.Box.Iou(box));
        return best is not null && best.Box.Iou(box) >= GroupAccuracy.Overlap ? best : null;
    }

    /// <summary>Everybody who is in a photo, as far as half of their face is.</summary>
    public IEnumerable<string> PersonsIn(string photo) => _photos[photo].Faces.Select(face => face.Person).OfType<string>();

    /// <summary>Questions that were posted, oldest first, and whose face each shows.</summary>
    public async Task<IReadOnlyList<(string Question, string State, TrueFace? Face)>> QuestionsAsync(string states, CancellationToken cancellation) =>
        [.. (await database.ReadAsync(
            session => session.QueryAsync<FaceRow>(
                $"""
                SELECT q.id, q.state AS verdict, i.source_id, b.x, b.y, b.width, b.height FROM questions q
                JOIN inbox i ON i.photo_id = q.photo_id LEFT JOIN bounding_boxes b ON b.face_id = q.face_id
                WHERE q.kind <> 'identified' AND q.post_state = 'posted' AND q.state IN ({states}) ORDER BY q.asked_at, q.id
                """),
            cancellation)).Select(row => (row.Id, row.Verdict, Of(row.SourceId, row.Box)))];

    /// <summary>Every face with who it is and who it is said to be.</summary>
    public async Task<IReadOnlyList<(TrueFace? Face, string? Named, bool IsClear)>> FacesAsync(CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            session => session.QueryAsync<FaceRow>(
                """
                SELECT f.id, i.source_id, f.x, f.y, f.width, f.height, f.verdict, p.name, b.score, b.quality, e.vector, e.mirror_distance FROM faces f
                JOIN inbox i ON i.photo_id = f.photo_id LEFT JOIN bounding_boxes b ON b.face_id = f.id
                LEFT JOIN embeddings e ON e.face_id = f.id LEFT JOIN persons p ON p.id = f.person_id AND f.verdict = 'named'
                """),
            cancellation);
        return [.. rows.Select(row => (Of(row.SourceId, row.Box), row.Name, row.IsClear))];
    }

    internal sealed record FaceRow
    {
        public string Id { get; init; } = "";

        public string SourceId { get; init; } = "";

        public float X { get; init; }

        public float Y { get; init; }

        public float Width { get; init; }

        public float Height { get; init; }

        public string Verdict { get; init; } = "";

        public string? Name { get; init; }

        public float Score { get; init; }

        public string? Quality { get; init; }

        public float MirrorDistance { get; init; }

        public Box Box => new(X, Y, Width, Height);

        public byte[]? Vector { get; init; }

        /// <summary>At least 60 pixels high, and nothing is said against it.</summary>
        public bool IsClear => Quality is not null && Vector is not null && Height >= LeastHeight
            && QualityRules.Judge(new FaceDescription(
                new DetectedFace(Box, Score, [], JsonSerializer.Deserialize<FaceQuality>(Quality)!), Embedding.FromBytes(Vector), MirrorDistance)).Verdict == FaceVerdict.Good;
    }
}
