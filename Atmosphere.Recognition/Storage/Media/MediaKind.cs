namespace Atmosphere.Recognition.Storage.Media;

/// <summary>What a stored file is. Who may see it depends on its kind and its subjects, see PictureRights.</summary>
public enum MediaKind
{
    /// <summary>A photo of a group as it was received.</summary>
    GroupPhoto,

    /// <summary>A face of a group photo, cropped along its box.</summary>
    FaceCrop,

    /// <summary>A face of a group photo with its surroundings.</summary>
    FaceZoomIn,

    /// <summary>A group photo as it is sent, upright and without EXIF; also in albums, exports and shrunk.</summary>
    Delivery,

    /// <summary>A delivered photo with a box around each child of the recipient, to explain why they got it.</summary>
    Why,

    /// <summary>A delivered photo with numbers, to ask which child is wrong.</summary>
    WhichChild,

    /// <summary>A file that somebody sent in a chat, such as a photo to register a child.</summary>
    ChatUpload,

    /// <summary>Made from a chat upload while registering: a face, or the photo with numbers.</summary>
    RegistrationPicture,

    /// <summary>The small picture of a registered person's learned face.</summary>
    LearnedFace,

    /// <summary>A face that is not learned before somebody who knows the person has looked.</summary>
    HeldCrop,

    /// <summary>The learned face and the held one side by side.</summary>
    HeldPair,

    /// <summary>The face of a question, made for the chat of somebody who answers questions.</summary>
    QuestionPicture,

    /// <summary>The file of an export.</summary>
    Export,

    /// <summary>A learned face that goes with an export.</summary>
    ExportedFace,
}
