using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>Links by which an operator sees a held face, as long as somebody has to decide about it.</summary>
internal static class HeldPictures
{
    private const string Prefix = "held-";

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>What a link to the picture is bound to.</summary>
    public static string BoundTo(HeldFace held) => $"{Prefix}{held.Id}";

    /// <summary>Whether the link is to the picture of a face that still waits.</summary>
    public static async Task<bool> MayBeSeenAsync(Session session, string boundTo, MediaKey media) =>
        boundTo.StartsWith(Prefix, StringComparison.Ordinal)
        && await HeldFaceTable.FindAsync(session, new FaceId(boundTo[Prefix.Length..])) is { State: "waiting" } held && held.Picture == media;
}
