/**
 * slices.wat of this folder, assembled. Written by sliceModule.test.ts: after a change of the .wat file run
 * `npm run test:unit -- sliceModule.test.ts --update`.
 */
export const SLICES_BASE64 =
  "AGFzbQEAAAABDgNgAX8Bf2AAAX9gAX8AAnsIBnNxbGl0ZQRzdGVwAAAGc3FsaXRlCXN0YWNrX2dldAABBnNxbGl0ZQlzdGFj" +
  "a19zZXQAAgZzbGljZXMDcm93AAEGc2xpY2VzBGRvbmUAAgZzbGljZXMDZHVlAAEGc2xpY2VzBXBhdXNlAAEGc2xpY2VzBWdv" +
  "X29uAAADAwICAAcSAgNydW4ACAhwcm9ncmVzcwAJCkcCIQEBfwNAIAAQACEBIAFB5ABGBH8QAwVBAAsNAAsgARAECyMBAn8Q" +
  "BSEBIAFBAkkEQCABDwsQASECEAYhASACEAIgARAHCw==";
