using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The schema of the whole program.</summary>
internal static class BotSchema
{
    public static Schema Whole { get; } = new(typeof(Schema).Assembly, typeof(BotSchema).Assembly);
}
