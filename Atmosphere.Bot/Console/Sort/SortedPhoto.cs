using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>The result for a photo: one line of the JSON file.</summary>
/// <param name="Photo">Path below the photos folder, with / between its parts.</param>
/// <param name="Status">processed or failed.</param>
/// <param name="Error">Why it failed: a sentence.</param>
/// <param name="Faces">Left to right.</param>
internal sealed record SortedPhoto(
    [property: JsonPropertyName("photo")] string Photo,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("faces")] IReadOnlyList<SortedFace> Faces)
{
    // The lines are read by people, too: names stay readable.
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [JsonIgnore]
    public bool Failed => Status == "failed";

    /// <summary>The output folders for the photo.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Folders
    {
        get
        {
            if (Failed)
                return [];
            string[] folders =
            [
                .. Faces.Where(face => face.Named).Select(face => face.Person!).Distinct(),
                .. Faces.Any(face => face.Uncertain) ? [OutFolder.Uncertain] : Array.Empty<string>(),
            ];
            return folders.Length > 0 ? folders : [OutFolder.Nobody];
        }
    }

    public static SortedPhoto Processed(string photo, IEnumerable<RecognisedFace> faces) =>
        new(photo, "processed", null, [.. faces.Select(SortedFace.Of)]);

    public static SortedPhoto Refused(string photo, string error) => new(photo, "failed", error, []);

    public static SortedPhoto FromJson(string line) => JsonSerializer.Deserialize<SortedPhoto>(line, _json)!;

    public string ToJson() => JsonSerializer.Serialize(this, _json);
}

/// <param name="Box">Left, top, width, height: pixels of the upright photo.</param>
/// <param name="Score">The detector's confidence, 0..1.</param>
/// <param name="Person">The person, or an uncertain candidate.</param>
/// <param name="Similarity">Similarity of the most similar person, 0..100.</param>
/// <param name="Uncertain">True if a human should check.</param>
internal sealed record SortedFace(
    [property: JsonPropertyName("box")] IReadOnlyList<double> Box,
    [property: JsonPropertyName("score")] double Score,
    [property: JsonPropertyName("person")] string? Person,
    [property: JsonPropertyName("similarity")] double Similarity,
    [property: JsonPropertyName("uncertain")] bool Uncertain)
{
    [JsonIgnore]
    public bool Named => Person is not null && !Uncertain;

    public static SortedFace Of(RecognisedFace face) => new(
        [Rounded(face.Box.X, 1), Rounded(face.Box.Y, 1), Rounded(face.Box.Width, 1), Rounded(face.Box.Height, 1)],
        Rounded(face.Score, 3),
        face.Person?.Value,
        Rounded(face.Similarity, 1),
        face.Verdict == MatchVerdict.Uncertain);

    private static double Rounded(float value, int digits) => Math.Round((double)value, digits);
}
