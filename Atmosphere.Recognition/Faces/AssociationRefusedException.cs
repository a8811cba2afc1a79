using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>The faces cannot become the user's: none of them did. Trying again does not help.</summary>
public sealed class AssociationRefusedException(CollectionId collection, PersonId user, string reason)
    : Exception($"No face was given to user '{user}' of the face collection '{collection}': {reason}");
