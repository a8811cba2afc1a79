using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>What became of a photo.</summary>
/// <param name="Photo">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Error">A sentence for the sender when it failed.</param>
/// <param name="Faces">How many faces were found.</param>
/// <param name="Recognised">How many of them have a name.</param>
/// <param name="Uncertain">How many of them may be somebody; a human would have to say.</param>
/// <param name="Recipients">How many participants get it or got it.</param>
/// <param name="Sent">How many of these have it.</param>
/// <param name="Ended">True once nothing more happens to it: failed, or decided and every delivery at its end.</param>
public sealed record PhotoStatus(
    PhotoId Photo, PhotoState State, string? Error, int Faces, int Recognised, int Uncertain, int Recipients, int Sent, bool Ended);
