using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Section <c>Atmosphere:Pipeline:&lt;Step&gt;</c>: overrides what the flow table says about a box.</summary>
internal sealed class StepSettings
{
    /// <summary>Messages handled at once.</summary>
    [Range(1, 64), Unit("messages handled at once")]
    public int? Workers { get; set; }

    /// <summary>Attempts before a message is exhausted.</summary>
    [Range(1, 100), Unit("attempts")]
    public int? Attempts { get; set; }

    /// <summary>The rest after the first failure.</summary>
    [TimeRange("00:00:00", "01:00:00"), Unit("the rest after the first failure")]
    public TimeSpan? FirstDelay { get; set; }
}

/// <summary>The settings of all boxes.</summary>
internal sealed class PipelineSettings
{
    private const string Section = "Atmosphere:Pipeline";

    private readonly Dictionary<string, StepSettings> _steps;

    private PipelineSettings(Dictionary<string, StepSettings> steps) => _steps = steps;

    /// <exception cref="FlowTableException">A value is out of range.</exception>
    public static PipelineSettings Read(IConfiguration configuration)
    {
        var settings = new Dictionary<string, StepSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetSection(Section).GetChildren())
            settings.Add(section.Key, Checked(section.Key, Values(section)));
        return new PipelineSettings(settings);
    }

    public StepRow Apply(StepRow row)
    {
        if (!_steps.TryGetValue(row.Step, out var settings))
            return row;

        var retry = row.Retry with
        {
            Attempts = settings.Attempts ?? row.Retry.Attempts,
            FirstDelay = settings.FirstDelay ?? row.Retry.FirstDelay,
        };
        return row with { Workers = settings.Workers ?? row.Workers, Retry = retry };
    }

    /// <exception cref="FlowTableException">Settings name a box that does not exist.</exception>
    public void CheckNames(IReadOnlyList<StepRow> rows)
    {
        var known = rows.Select(row => row.Step).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (_steps.Keys.FirstOrDefault(step => !known.Contains(step)) is { } unknown)
            throw new FlowTableException($"{Section}:{unknown} names no step. The steps are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private static StepSettings Values(IConfigurationSection section)
    {
        try
        {
            return section.Get<StepSettings>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new StepSettings();
        }
        catch (InvalidOperationException error)
        {
            throw new FlowTableException($"{section.Path}: {error.Message} Use numbers for Workers and Attempts, and a time such as 00:00:01 for FirstDelay.");
        }
    }

    private static StepSettings Checked(string step, StepSettings values)
    {
        if (SettingRules.Problems($"{Section}:{step}", values).FirstOrDefault() is { } problem)
            throw new FlowTableException(problem);
        return values;
    }
}
