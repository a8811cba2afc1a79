using System.Globalization;
using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>The status of a photo in the playground's class group.</summary>
/// <param name="SourceId">The id with which it was posted.</param>
/// <param name="FileName">The poster's file name; null if not requested.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Sentence">The phase for people, without names: the group must not learn who is registered.</param>
internal sealed record GroupPost(
    string SourceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FileName,
    GroupPhase Phase,
    string Sentence)
{
    public static GroupPost Of(string sourceId, PhotoStatus status) => status switch
    {
        { State: PhotoState.Failed } => new(sourceId, null, GroupPhase.Failed, status.Error ?? "This photo could not be recognised."),
        { Ended: false, State: PhotoState.Unprocessed } => new(sourceId, null, GroupPhase.Working, "Waiting its turn …"),
        { Ended: false, Recipients: > 0 } => new(sourceId, null, GroupPhase.Working, "Sending it privately …"),
        { Ended: false } => new(sourceId, null, GroupPhase.Working, "Looking at the faces …"),
        { Faces: 0 } => new(sourceId, null, GroupPhase.Done, "No face found; the photo is deleted."),
        _ => new(sourceId, null, GroupPhase.Done, $"{Count(status.Faces, "face")}. {Recognised(status)}"),
    };

    private static string Recognised(PhotoStatus status) => status switch
    {
        { Sent: > 0 } => $"{status.Recognised} recognised, sent privately to {Count(status.Sent, "parent")}.",
        { Recipients: > 0 } => $"{status.Recognised} recognised, but it could not be sent.",
        { Recognised: > 0 } => $"{status.Recognised} recognised, sent to nobody.",
        { Uncertain: > 0 } => $"{status.Uncertain} not certain enough, sent to nobody.",
        _ => "Nobody registered, sent to nobody.",
    };

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}

[JsonConverter(typeof(JsonStringEnumConverter<GroupPhase>))]
internal enum GroupPhase
{
    [JsonStringEnumMemberName("working")]
    Working,

    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
