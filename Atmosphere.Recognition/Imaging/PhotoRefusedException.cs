namespace Atmosphere.Recognition.Imaging;

/// <summary>Why a photo is refused. No retry helps: the same bytes are refused again.</summary>
public enum PhotoRefusal
{
    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>The file has more bytes than the limit.</summary>
    TooLarge,

    /// <summary>The picture has more pixels than the limit.</summary>
    TooManyPixels,

    /// <summary>A picture of an unsupported type, such as HEIC.</summary>
    UnsupportedType,

    /// <summary>Not a picture, for example a PDF or a web page.</summary>
    NotAPhoto,

    /// <summary>Truncated or corrupt.</summary>
    Damaged,
}

/// <summary>A photo is refused. The message tells the sender which file, why, and what to do.</summary>
public sealed class PhotoRefusedException(PhotoRefusal refusal, string message, Exception? cause = null) : Exception(message, cause)
{
    public PhotoRefusal Refusal { get; } = refusal;

    /// <summary>What operators could do so that such photos are accepted; null: nothing.</summary>
    public string? Remedy { get; init; }
}
