namespace Atmosphere.Bot.Channels.Replies;

/// <summary>The channel will never take the reply.</summary>
internal sealed class ChannelRefusesException(string message) : Exception(message);

/// <summary>The channel takes nothing before the person writes again.</summary>
internal sealed class ChatClosedException(string message) : Exception(message);
