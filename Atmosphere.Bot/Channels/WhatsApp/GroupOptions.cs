using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp</c>: what holds for the groups of every carrier.</summary>
internal sealed class GroupOptions
{
    public const string Section = "Atmosphere:Channels:WhatsApp";

    /// <summary>In groups that are linked from now on, a teacher confirms a registration before any photo is delivered.</summary>
    public bool TeacherConfirms { get; set; } = true;

    /// <summary>Photos of one group that are taken within an hour, the others wait for the next.</summary>
    [Range(1, 100_000), Unit("photos")]
    public int PhotosPerHour { get; set; } = 300;

    /// <summary>Photos of one member of a group that are taken within an hour, the others wait for the next.</summary>
    [Range(1, 100_000), Unit("photos")]
    public int PhotosPerHourOfOne { get; set; } = 100;
}
