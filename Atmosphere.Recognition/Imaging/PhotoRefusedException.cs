namespace Atmosphere.Recognition.Imaging;

/// <summary>Why a photo is not read. All of them are hopeless: the same bytes are refused again.</summary>
public enum PhotoRefusal
{
    /// <summary>Nothing was sent.</summary>
    Empty,

    /// <summary>More bytes than the limit.</summary>
    TooLarge,

    /// <summary>More pixels than the limit.</summary>
    TooManyPixels,

    /// <summary>A picture of a kind that is not read, such as HEIC.</summary>
    UnsupportedType,

    /// <summary>No picture at all, such as a PDF or a web page.</summary>
    NotAPhoto,

    /// <summary>Cut short or corrupt.</summary>
    Damaged,
}

/// <summary>A photo that is not read. The message names the file, the reason and the remedy, in words for the sender.</summary>
public sealed class PhotoRefusedException(PhotoRefusal refusal, string message, Exception? cause = null) : Exception(message, cause)
{
    public PhotoRefusal Refusal { get; } = refusal;
}
