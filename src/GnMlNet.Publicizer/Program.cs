// Publicizer OUTPUT_FOLDER ASSEMBLY...
// Writes copies of assemblies, for the compiler only, in which internal members are public and private protected members are protected.
// Only the visibility bits in the metadata tables are patched, in place; names, identity and layout stay as they are.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

Directory.CreateDirectory(args[0]);
foreach (string path in args[1..]) File.WriteAllBytes(Path.Combine(args[0], Path.GetFileName(path)), Publicize(File.ReadAllBytes(path)));

static byte[] Publicize(byte[] assembly)
{
    using var file = new PEReader(ImmutableArray.Create(assembly));
    MetadataReader metadata = file.GetMetadataReader();
    int start = file.PEHeaders.MetadataStartOffset;
    Span<byte> Row(TableIndex table, EntityHandle handle) =>
        assembly.AsSpan(start + metadata.GetTableMetadataOffset(table) + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(table)));

    foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        // <Module>, and the attributes that compilers embed, which would clash with the compilation's own.
        string space = metadata.GetString(type.Namespace);
        if (MetadataTokens.GetRowNumber(handle) == 1 || space.StartsWith("System", StringComparison.Ordinal) || space.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)) continue;

        TypeAttributes open = Open(type.Attributes & TypeAttributes.VisibilityMask) | (type.Attributes & ~TypeAttributes.VisibilityMask);
        BinaryPrimitives.WriteInt32LittleEndian(Row(TableIndex.TypeDef, handle), (int)open);
        // ECMA-335 II.22.26 and II.22.15: a method's flags follow its 4-byte address and 2-byte implementation flags; a field's come first.
        foreach (MethodDefinitionHandle method in type.GetMethods()) OpenMember(Row(TableIndex.MethodDef, method)[6..]);
        foreach (FieldDefinitionHandle field in type.GetFields()) OpenMember(Row(TableIndex.Field, field));
    }

    return assembly;
}

static TypeAttributes Open(TypeAttributes visibility) => visibility switch
{
    TypeAttributes.NotPublic => TypeAttributes.Public,
    TypeAttributes.NestedAssembly or TypeAttributes.NestedFamORAssem => TypeAttributes.NestedPublic,
    TypeAttributes.NestedFamANDAssem => TypeAttributes.NestedFamily,
    _ => visibility,
};

// Methods and fields share the encoding of access (ECMA-335 II.23.1.5 and II.23.1.10).
static void OpenMember(Span<byte> flags)
{
    var attributes = (MethodAttributes)BinaryPrimitives.ReadUInt16LittleEndian(flags);
    MethodAttributes open = (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.FamANDAssem => MethodAttributes.Family,
        MethodAttributes.Assembly => MethodAttributes.Public,
        var access => access,
    };
    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)((attributes & ~MethodAttributes.MemberAccessMask) | open));
}
