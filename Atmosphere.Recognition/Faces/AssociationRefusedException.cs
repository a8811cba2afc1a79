using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>None of the faces could be assigned to the user. A retry does not help.</summary>
public sealed class AssociationRefusedException(CollectionId collection, PersonId user, string reason)
    : Exception($"No face was given to user '{user}' of the face collection '{collection}': {reason}");
