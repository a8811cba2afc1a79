using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>A file of a message: a stored photo, or the text that says why it is not usable.</summary>
internal sealed record ReceivedFile(string Name, MediaKey? Photo, string? Problem);
