namespace Atmosphere.Bot.Channels.Delivery;

/// <summary>How often a vendor may be called.</summary>
/// <param name="Between">Time between two calls, once the burst is used up.</param>
/// <param name="AtOnce">How many may come at once after a rest.</param>
internal sealed record Rate(TimeSpan Between, int AtOnce);
