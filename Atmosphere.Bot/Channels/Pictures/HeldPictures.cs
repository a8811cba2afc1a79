using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>Links by which an operator sees a held face, as long as somebody has to decide about it.</summary>
internal static class HeldPictures
{
    private const string Prefix = "held-";

    /// <summary>The viewer of the links: an id that no participant has.</summary>
    public static ParticipantId Operator { get; } = new("operator");

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>What a link to the picture is bound to.</summary>
    public static string BoundTo(HeldFace held) => $"{Prefix}{held.Id}";
}
