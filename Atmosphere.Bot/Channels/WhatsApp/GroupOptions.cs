namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp</c>: what holds for the groups of every carrier.</summary>
internal sealed class GroupOptions
{
    public const string Section = "Atmosphere:Channels:WhatsApp";

    /// <summary>In groups that are linked from now on, a teacher confirms a registration before any photo is delivered; default true.</summary>
    public bool TeacherConfirms { get; set; } = true;

    /// <summary>Photos of one group that are taken within an hour, the others wait for the next; 1 to 100,000, default 300.</summary>
    public int PhotosPerHour { get; set; } = 300;

    /// <summary>Photos of one member of a group that are taken within an hour, the others wait for the next; 1 to 100,000, default 100.</summary>
    public int PhotosPerHourOfOne { get; set; } = 100;

    public IEnumerable<string> Problems()
    {
        if (PhotosPerHourOfOne is < 1 or > 100_000)
            yield return $"{Section}:PhotosPerHourOfOne is {PhotosPerHourOfOne}; use 1 to 100000 (the default is 100).";
        if (PhotosPerHour is < 1 or > 100_000)
            yield return $"{Section}:PhotosPerHour is {PhotosPerHour}; use 1 to 100000 (the default is 300).";
    }
}
