using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Conversations;

/// <summary>Chooses the text that says why a file is not usable.</summary>
internal static class FileSentences
{
    public static string Of(PhotoRefusal refusal) => refusal switch
    {
        PhotoRefusal.Empty => "common.file-empty",
        PhotoRefusal.TooLarge or PhotoRefusal.TooManyPixels => "common.file-too-large",
        PhotoRefusal.UnsupportedType => "common.file-unsupported",
        PhotoRefusal.Damaged => "common.file-damaged",
        _ => "common.file-not-a-photo",
    };

    public static string Of(FileFailure failure) => failure switch
    {
        FileFailure.TooLarge => "common.file-too-large",
        FileFailure.Voice => "common.file-voice",
        FileFailure.Video => "common.file-video",
        FileFailure.Contact => "common.file-contact",
        FileFailure.Location => "common.location-not-needed",
        FileFailure.Sticker => "common.file-sticker",
        FileFailure.ViewOnce => "common.file-view-once",
        _ => "common.file-missing",
    };

    /// <summary>Voice messages and videos have texts of their own; other types get the text of the refusal.</summary>
    public static string OfType(string contentType, PhotoRefusal refusal) => contentType.Split('/')[0].ToLowerInvariant() switch
    {
        "audio" => "common.file-voice",
        "video" => "common.file-video",
        _ => Of(refusal),
    };
}
