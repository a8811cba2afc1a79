using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Tests.Fixtures;

internal static class SettingProblems
{
    /// <summary>The sentences with which these settings would stop the start.</summary>
    public static IReadOnlyList<string> AllProblems(this object options) =>
        [.. SettingRules.Problems((string)options.GetType().GetField("Section")!.GetRawConstantValue()!, options)];
}
