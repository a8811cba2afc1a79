using System.Globalization;

namespace Atmosphere.Recognition.Imaging;

/// <summary>Builds the messages that tell a sender why a photo is refused and what to do.</summary>
internal sealed class Refusals(string name)
{
    private const int NameLength = 120;

    private const string SendJpeg = "Please send it as JPEG.";
    private const string SendPhoto = "Please send a photo, as JPEG or PNG.";
    private const string SendAgain = "Please send it again.";

    private readonly string _name = Printable(name);

    public PhotoRefusedException Empty() => new(PhotoRefusal.Empty, $"{_name} is empty: not one byte arrived. {SendAgain}");

    public PhotoRefusedException TooLarge(long bytes, long limit) => new(
        PhotoRefusal.TooLarge,
        $"{_name} is too large: {Megabytes(bytes)} MB, and at most {Megabytes(limit)} MB can be read here. Please send a smaller copy.");

    public PhotoRefusedException TooManyPixels(long width, long height, int limit) => new(
        PhotoRefusal.TooManyPixels,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_name} has too many pixels: {width} x {height}, and at most {limit} million can be read here. Please send a smaller copy."));

    /// <param name="remedy">What operators could do.</param>
    public PhotoRefusedException NotRead(PhotoSignature signature, string? remedy = null) => signature.IsPicture
        ? new(PhotoRefusal.UnsupportedType, $"{_name} is {signature.Words}, which cannot be read here. {SendJpeg}") { Remedy = remedy }
        : new(PhotoRefusal.NotAPhoto, $"{_name} is {signature.Words}. {SendPhoto}");

    public PhotoRefusedException Damaged(PhotoSignature signature, Exception? cause) => new(
        PhotoRefusal.Damaged,
        $"{_name} is {signature.Words}, but it is damaged or did not arrive whole. {SendAgain}",
        cause);

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>File names come from untrusted senders and appear in chats and logs.</summary>
    private static string Printable(string name)
    {
        var clean = string.Concat(name.Where(letter => !char.IsControl(letter))).Trim();
        return clean.Length switch
        {
            0 => "The photo",
            > NameLength => clean[..NameLength] + "...",
            _ => clean,
        };
    }
}
