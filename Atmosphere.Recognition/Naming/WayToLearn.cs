namespace Atmosphere.Recognition.Naming;

/// <summary>How a face comes to be learned as a person's. Every call of <see cref="LearningGate"/> names its way, and a test has a row for each.</summary>
internal enum WayToLearn
{
    /// <summary>It is in a photo of the registration.</summary>
    Registration,

    /// <summary>Who registered the person adds photos.</summary>
    AddedPhotos,

    /// <summary>Another guardian adds photos.</summary>
    SecondGuardian,

    /// <summary>Colleagues named a face in a group photo.</summary>
    Tag,

    /// <summary>A guardian sent a group photo again in which the person was missed, and colleagues agreed.</summary>
    ForwardedPhoto,

    /// <summary>It was taken for the same person as a face that colleagues named.</summary>
    Merge,

    /// <summary>Somebody who knows the person confirmed a held face.</summary>
    HeldFace,

    /// <summary>What tags taught is gone through at night.</summary>
    NightlyTraining,
}
